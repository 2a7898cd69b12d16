// SPDX-License-Identifier: LGPL-2.1-or-later
// Sealing checkpoints, and looking at the seal.
#include "solver/output/checkpoint_seal.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"
#include "solver/base/run_record.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace miniscrew::output::checkpoint_seal
{
namespace
{
const std::string first_line = "miniscrew checkpoint\n";

/// What the block says.
struct Seal
{
  int           format  = version;
  std::string   program = version_line();
  std::uint64_t bytes   = 0; ///< of the file, this block included
  std::uint32_t crc     = 0; ///< of this block with a zero here, and the rest
};

std::string
block_of(const Seal &seal)
{
  std::string text = first_line + "format " + std::to_string(seal.format) +
                     "\nprogram " + seal.program + "\nbytes " +
                     std::to_string(seal.bytes) + "\ncrc32 " +
                     miniscrew::format("%08x", seal.crc) + "\n";
  text.resize(size, '\0');
  return text;
}

/// The words behind @p name at the start of the next line.
std::string
next_value(std::istream &lines, const std::string &name)
{
  std::string line;
  std::getline(lines, line);
  return line.compare(0, name.size() + 1, name + " ") == 0
           ? line.substr(name.size() + 1)
           : "";
}

/// What a block says; numbers that are not there are zero.
Seal
read_block(const std::string &block)
{
  std::istringstream lines(block);
  std::string        ignored;
  std::getline(lines, ignored);
  Seal seal;
  std::istringstream(next_value(lines, "format")) >> seal.format;
  seal.program = next_value(lines, "program");
  std::istringstream(next_value(lines, "bytes")) >> seal.bytes;
  std::istringstream(next_value(lines, "crc32")) >> std::hex >> seal.crc;
  return seal;
}

/// Checksum of the file, with @p block in place of its own first one.
std::uint32_t
checksum(const std::string &path, const std::string &block)
{
  const auto update = [](const uLong crc, const char *from, const size_t n) {
    return crc32_z(crc, reinterpret_cast<const Bytef *>(from), n);
  };
  uLong             crc = update(crc32_z(0, nullptr, 0), block.data(), size);
  std::vector<char> chunk(1 << 20);
  std::ifstream     file(path, std::ios::binary);
  file.seekg(size);
  while (file)
  {
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    crc = update(crc, chunk.data(), static_cast<size_t>(file.gcount()));
  }
  if (file.bad() || !file.eof())
    throw IoError("cannot read '" + path + "': " + std::strerror(errno));
  return static_cast<std::uint32_t>(crc);
}

/// The seal that makes the file of these bytes whole.
Seal
with_checksum(const std::string &path, Seal seal)
{
  seal.crc = 0;
  seal.crc = checksum(path, block_of(seal));
  return seal;
}

std::string
first_block(const std::string &path)
{
  std::string   block(size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(block.data(), size);
  block.resize(
    static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return block;
}

[[noreturn]] void
refuse(const std::string &path, const std::string &reason)
{
  throw IoError("the checkpoint '" + path + "' " + reason +
                "; remove it, or run without --resume");
}

void
check_is_file(const std::string &path)
{
  namespace fs = std::filesystem;
  std::error_code error;
  const auto      status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status))
    refuse(path, "is not a file");
  errno              = 0;
  const bool is_open = std::ifstream(path).good();
  if (!is_open)
    throw IoError("cannot open the checkpoint '" + path +
                  "': " + std::strerror(errno));
}
} // namespace


void
write(const std::string &path)
{
  Seal seal;
  seal.bytes              = std::filesystem::file_size(path);
  const std::string block = block_of(with_checksum(path, seal));
  const int         file  = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  bool              fails = file < 0;
  fails = fails || pwrite(file, block.data(), size, 0) != ssize_t(size) ||
          fsync(file) != 0;
  const int error = errno;
  if (file >= 0)
    fails = close(file) != 0 || fails;
  if (fails)
    throw IoError("cannot write '" + path + "': " + std::strerror(error));
}


bool
is_there(const std::string &path)
{
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) &&
         first_block(path).compare(0, first_line.size(), first_line) == 0;
}


void
check(const std::string &path)
{
  check_is_file(path);
  const std::string   block = first_block(path);
  const std::uint64_t bytes = std::filesystem::file_size(path);
  if (block.empty())
    refuse(path, "is an empty file");
  if (block.compare(0, first_line.size(), first_line) != 0)
    refuse(path,
           "is damaged, of an older version of miniscrew, or no checkpoint "
           "at all");
  if (block.size() < size)
    refuse(path, "is cut off");
  const Seal seal = read_block(block);
  if (seal.format != version)
    refuse(path,
           "has the format version " + std::to_string(seal.format) +
             ", but this program reads version " + std::to_string(version));
  if (seal.bytes > bytes)
    refuse(path,
           "is cut off: it has " + std::to_string(bytes) + " of " +
             std::to_string(seal.bytes) + " bytes");
  // Also what stands behind the text in the block, and at the end of the file.
  if (seal.bytes < bytes || block != block_of(seal) ||
      with_checksum(path, seal).crc != seal.crc)
    refuse(path, "is damaged: its checksum is wrong");
  if (seal.program != version_line())
    refuse(path,
           "was written by " + seal.program + ", but this is " +
             version_line() + ", which may give other numbers");
}
} // namespace miniscrew::output::checkpoint_seal
