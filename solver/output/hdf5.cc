// SPDX-License-Identifier: LGPL-2.1-or-later
// The small contents of results.h5, written by the first rank.
#include "solver/output/hdf5.h"

#include "solver/output/collective.h"
#include "solver/output/hdf5_handle.h"
#include "solver/output/text_file.h"

#include <algorithm>

namespace miniscrew::output
{
namespace
{
void
write_text_dataset(hid_t file, const std::string &name, const std::string &text)
{
  const Hdf5Handle type(text_type(text.size()), H5Tclose, name);
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, name);
  const Hdf5Handle dataset(
    H5Dcreate2(
      file, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
    H5Dclose,
    name);
  check_hdf5(
    H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.c_str()), name);
}


/// Writes numbers as a scalar (no sizes), a vector or a table, and makes the
/// groups on the way to @p name.
hid_t
write_numbers(hid_t                       file,
              const std::string          &name,
              const std::vector<hsize_t> &sizes,
              const std::vector<double>  &values)
{
  const Hdf5Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose, name);
  H5Pset_create_intermediate_group(links, 1);
  const Hdf5Handle space(
    sizes.empty() ? H5Screate(H5S_SCALAR)
                  : H5Screate_simple(int(sizes.size()), sizes.data(), nullptr),
    H5Sclose,
    name);
  const hid_t dataset = H5Dcreate2(
    file, name.c_str(), H5T_IEEE_F64LE, space, links, H5P_DEFAULT, H5P_DEFAULT);
  if (dataset < 0)
    throw IoError("HDF5 cannot create " + name + hdf5_reason());
  if (!values.empty())
    check_hdf5(H5Dwrite(dataset,
                        H5T_NATIVE_DOUBLE,
                        H5S_ALL,
                        H5S_ALL,
                        H5P_DEFAULT,
                        values.data()),
               name);
  return dataset;
}


bool
is_array_of_numbers(const nlohmann::json &value)
{
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const auto &entry) {
           return entry.is_number();
         });
}


void
write_attribute(hid_t dataset, const char *name, const std::string &text)
{
  const Hdf5Handle type(
    text_type(std::max<std::size_t>(1, text.size())), H5Tclose, name);
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, name);
  const Hdf5Handle attribute(
    H5Acreate2(dataset, name, type, space, H5P_DEFAULT, H5P_DEFAULT),
    H5Aclose,
    name);
  // HDF5 reads as many bytes as the type has.
  check_hdf5(H5Awrite(attribute, type, text.empty() ? "" : text.data()), name);
}


void
write_attribute(hid_t dataset, const char *name, const double value)
{
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, name);
  const Hdf5Handle attribute(
    H5Acreate2(dataset, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT),
    H5Aclose,
    name);
  check_hdf5(H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value), name);
}


void
write_meaning(hid_t dataset, const ScalarMeaning &meaning)
{
  write_attribute(dataset, "unit", meaning.unit);
  write_attribute(dataset, "label", meaning.label);
  write_attribute(dataset, "sentence", meaning.sentence);
  if (meaning.row < 0)
    return;
  write_attribute(dataset, "row", static_cast<double>(meaning.row));
  write_attribute(dataset, "display_unit", meaning.display_unit);
  write_attribute(dataset, "scale", meaning.scale);
}


/// Writes the numeric leaves of a summary.
class ScalarWriter
{
public:
  ScalarWriter(hid_t file, const Hdf5Content &content)
    : file_(file),
      content_(content)
  {}

  /// Walks down the tree of @p value, which is at @p path of the summary and
  /// at @p name of the file.
  void
  write(const std::string    &name,
        const std::string    &path,
        const nlohmann::json &value)
  {
    if (value.is_number())
      write_one(name, path, {}, {value.get<double>()});
    else if (is_array_of_numbers(value))
      write_one(name, path, {value.size()}, value.get<std::vector<double>>());
    else if (value.is_structured())
      for (const auto &item : value.items())
      {
        std::string key = item.key();
        std::replace(key.begin(), key.end(), '/', '|');
        write(name + "/" + key,
              path + (path.empty() ? "" : ".") + item.key(),
              item.value());
      }
  }

private:
  void
  write_one(const std::string          &name,
            const std::string          &path,
            const std::vector<hsize_t> &sizes,
            const std::vector<double>  &values)
  {
    const Hdf5Handle dataset(
      write_numbers(file_, name, sizes, values), H5Dclose, name);
    if (!content_.meaning)
      return;
    if (const std::optional<ScalarMeaning> meaning = content_.meaning(path))
      write_meaning(dataset, *meaning);
  }

  hid_t              file_;
  const Hdf5Content &content_;
};


/// The attribute "columns": an array of strings.
void
write_column_names(hid_t dataset, const std::vector<std::string> &columns)
{
  std::size_t length = 1;
  for (const std::string &column : columns)
    length = std::max(length, column.size());
  std::string text;
  for (std::string column : columns)
  {
    column.resize(length, '\0');
    text += column;
  }
  const std::string what   = "the names of a curve's columns";
  const hsize_t     size[] = {columns.size()};
  const Hdf5Handle  type(text_type(length), H5Tclose, what);
  const Hdf5Handle  space(H5Screate_simple(1, size, nullptr), H5Sclose, what);
  const Hdf5Handle  attribute(
    H5Acreate2(dataset, "columns", type, space, H5P_DEFAULT, H5P_DEFAULT),
    H5Aclose,
    what);
  check_hdf5(H5Awrite(attribute, type, text.data()), what);
}


void
write_curve(hid_t file, const Curve &curve)
{
  std::vector<double> values;
  for (const std::vector<double> &row : curve.rows)
    values.insert(values.end(), row.begin(), row.end());
  const std::string name = "curves/" + curve.name;
  const Hdf5Handle  dataset(
    write_numbers(
      file, name, {curve.rows.size(), curve.columns.size()}, values),
    H5Dclose,
    name);
  write_column_names(dataset, curve.columns);
}


/// The bytes of a file that is in memory.
std::string
image_of(hid_t file, const std::string &what)
{
  check_hdf5(H5Fflush(file, H5F_SCOPE_GLOBAL), what);
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);
  std::string   image(size > 0 ? size : 0, '\0');
  if (size <= 0 || H5Fget_file_image(file, image.data(), image.size()) != size)
    throw IoError("HDF5 cannot write " + what + hdf5_reason());
  return image;
}
} // namespace


void
write_hdf5(const std::string &path,
           const Hdf5Content &content,
           MPI_Comm           communicator)
{
  on_first_rank(communicator, [&] {
    const Hdf5Silence silence;
    const std::string what = "'" + path + "'";
    // In memory first: HDF5 loses its footing if the disk refuses a write.
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, what);
    check_hdf5(H5Pset_fapl_core(access, 1 << 20, 0), what);
    Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access),
                    H5Fclose,
                    what);
    write_text_dataset(file, "case", content.effective_case);
    write_text_dataset(file, "summary", pretty_json(content.summary));
    write_text_dataset(file, "run", pretty_json(content.run));
    ScalarWriter(file, content).write("scalars", "", content.summary);
    for (const Curve &curve : content.curves)
      write_curve(file, curve);
    const std::string image = image_of(file, what);
    file.close(what);
    write_file(path, image);
  });
}
} // namespace miniscrew::output
