// SPDX-License-Identifier: LGPL-2.1-or-later
// The list of what the program wrote into a folder: all that it may take away.
#include "solver/output/manifest.h"

#include "solver/base/run_record.h"
#include "solver/output/text_file.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace fs = std::filesystem;

namespace miniscrew::output
{
namespace
{
using Json = nlohmann::json;

const std::array<std::pair<ResultState, const char *>, 4> names_of_states{
  {{ResultState::being_written, "being written"},
   {ResultState::complete, "complete"},
   {ResultState::incomplete, "incomplete"},
   {ResultState::failed, "failed"}}};


/// Whether @p path stays within its folder and is written in one way only.
bool
is_safe(const std::string &path)
{
  const fs::path p(path);
  return !path.empty() && p.is_relative() && path.back() != '/' &&
         p.lexically_normal().generic_string() == path && *p.begin() != ".." &&
         path != "." && path != manifest_name;
}


/// Whether @p name is that of a hidden folder of a run, or empty.
bool
is_hidden_name(const std::string &name)
{
  return name.empty() ||
         (name[0] == '.' && name.find('/') == std::string::npos &&
          name.find(".partial-") != std::string::npos);
}


/// A name of any bytes as text in UTF-8, and back: each byte is the character
/// of its number.
std::string
with_codes(const std::string &name)
{
  std::string text;
  for (const char c : name)
  {
    const unsigned int byte = static_cast<unsigned char>(c);
    if (byte >= 0x80)
      text += static_cast<char>(0xc0 | (byte >> 6));
    text += static_cast<char>(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
  }
  return text;
}


std::string
without_codes(const std::string &text)
{
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i)
  {
    const unsigned int byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80 && i + 1 < text.size())
      name += static_cast<char>((byte & 0x03) << 6 |
                                (static_cast<unsigned char>(text[++i]) & 0x3f));
    else
      name += text[i];
  }
  return name;
}


/// Throws if the text is not a manifest of this program.
Manifest
parsed(const std::string &text)
{
  const Json content = Json::parse(text);
  if (content.at("program").get<std::string>() != "miniscrew")
    throw std::invalid_argument("program");
  Manifest          manifest;
  const std::string state = content.at("state").get<std::string>();
  const auto        entry =
    std::find_if(names_of_states.begin(),
                 names_of_states.end(),
                 [&](const auto &e) { return e.second == state; });
  if (entry == names_of_states.end())
    throw std::invalid_argument("state");
  manifest.state = entry->first;
  manifest.files = content.at("files").get<std::set<std::string>>();
  manifest.older = without_codes(content.value("older", ""));
  if (!std::all_of(manifest.files.begin(), manifest.files.end(), is_safe) ||
      !is_hidden_name(manifest.older))
    throw std::invalid_argument("paths");
  manifest.not_written =
    content.value("not_written", std::vector<std::string>());
  if (content.contains("writer"))
  {
    const Json &writer = content["writer"];
    manifest.writer    = {writer.at("host").get<std::string>(),
                          writer.at("boot").get<std::string>(),
                          writer.at("space").get<std::string>(),
                          writer.at("process").get<long>()};
  }
  return manifest;
}


/// The first line of a small file of the system; empty if there is none.
std::string
first_line(const std::string &path)
{
  std::ifstream file(path);
  std::string   line;
  std::getline(file, line);
  return line;
}
} // namespace


bool
Manifest::has_folder(const std::string &path) const
{
  const auto next = files.lower_bound(path + "/");
  return next != files.end() &&
         next->compare(0, path.size() + 1, path + "/") == 0;
}


std::optional<Manifest>
read_manifest(const fs::path &folder)
{
  std::error_code error;
  const fs::path  path = folder / manifest_name;
  if (!fs::is_regular_file(fs::symlink_status(path, error)))
    return {};
  std::ifstream      file(path);
  std::ostringstream text;
  text << file.rdbuf();
  try
  {
    return parsed(text.str());
  }
  catch (const std::exception &)
  {
    return {}; // of someone else, or damaged
  }
}


void
write_manifest(const fs::path &folder, const Manifest &manifest)
{
  const auto state = std::find_if(
    names_of_states.begin(), names_of_states.end(), [&](const auto &entry) {
      return entry.first == manifest.state;
    });
  nlohmann::ordered_json content;
  content["program"] = "miniscrew";
  content["version"] = program_version();
  content["state"]   = state->second;
  if (!manifest.not_written.empty())
    content["not_written"] = manifest.not_written;
  if (manifest.writer.process > 0)
    content["writer"] = {{"host", manifest.writer.host},
                         {"boot", manifest.writer.boot},
                         {"space", manifest.writer.space},
                         {"process", manifest.writer.process}};
  if (!manifest.older.empty())
    content["older"] = with_codes(manifest.older);
  content["files"] = manifest.files;
  write_file((folder / manifest_name).string(), content.dump(2) + "\n");
}


std::set<std::string>
files_in(const fs::path &folder)
{
  std::set<std::string> files;
  for (const auto &entry : fs::recursive_directory_iterator(folder))
    if (!entry.is_symlink() && entry.is_regular_file())
      files.insert(entry.path().lexically_relative(folder).generic_string());
  files.erase(manifest_name);
  return files;
}


Writer
this_process()
{
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  std::error_code error;
  return {host.data(),
          first_line("/proc/sys/kernel/random/boot_id"),
          fs::read_symlink("/proc/self/ns/pid", error).string(),
          getpid()};
}


bool
is_gone(const Writer &writer)
{
  const Writer mine = this_process();
  // Hosts may be called alike, and containers number their processes anew.
  return writer.host == mine.host && writer.boot == mine.boot &&
         writer.space == mine.space && writer.process > 0 &&
         (writer.process == mine.process ||
          (kill(static_cast<pid_t>(writer.process), 0) != 0 && errno == ESRCH));
}


bool
is_taken(const fs::path &path)
{
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}


bool
is_listed(const fs::path    &folder,
          const std::string &path,
          const Manifest    &manifest)
{
  std::error_code error;
  if (manifest.files.count(path) == 0)
    return false;
  for (fs::path above = fs::path(path).parent_path(); !above.empty();
       above          = above.parent_path())
    if (!fs::is_directory(fs::symlink_status(folder / above, error)))
      return false;
  return fs::is_regular_file(fs::symlink_status(folder / path, error));
}


std::string
first_foreign(const fs::path &folder, const std::vector<std::string> &files)
{
  const std::optional<Manifest> manifest = read_manifest(folder);
  if (!manifest && is_taken(folder / manifest_name))
    return manifest_name;
  std::error_code error;
  for (const std::string &file : files)
  {
    for (fs::path above = fs::path(file).parent_path(); !above.empty();
         above          = above.parent_path())
      if (is_taken(folder / above) &&
          !fs::is_directory(fs::symlink_status(folder / above, error)) &&
          !is_listed(
            folder, above.generic_string(), manifest.value_or(Manifest())))
        return above.generic_string();
    if (is_taken(folder / file) &&
        !is_listed(folder, file, manifest.value_or(Manifest())))
      return file;
  }
  return {};
}
} // namespace miniscrew::output
