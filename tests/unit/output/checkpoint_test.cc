// SPDX-License-Identifier: LGPL-2.1-or-later
// Restart files: written on some ranks, read on others, refused if not whole.
#include "test_folder.h"

#include "solver/base/run_record.h"
#include "solver/output/checkpoint.h"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <zlib.h>

#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <stdexcept>

namespace miniscrew::output
{
namespace
{
const std::string advice = "; remove it, or run without --resume";

const std::string header = "{\"stage\": \"insertion\", \"depth_mm\": 3.5}\n";

/// A communicator of the first @p n ranks; null on the others.
class FirstRanks
{
public:
  explicit FirstRanks(const int n)
  {
    const int rank = rank_in(MPI_COMM_WORLD);
    MPI_Comm_split(
      MPI_COMM_WORLD, rank < n ? 0 : MPI_UNDEFINED, rank, &communicator_);
  }
  FirstRanks(const FirstRanks &)            = delete;
  FirstRanks &operator=(const FirstRanks &) = delete;
  ~FirstRanks()
  {
    if (communicator_ != MPI_COMM_NULL)
      MPI_Comm_free(&communicator_);
  }

  /// Runs @p work on these ranks while the others wait.
  void
  run(const std::function<void(MPI_Comm)> &work) const
  {
    if (communicator_ != MPI_COMM_NULL)
      work(communicator_);
    MPI_Barrier(MPI_COMM_WORLD);
  }

private:
  MPI_Comm communicator_ = MPI_COMM_NULL;
};

int
n_ranks_of(MPI_Comm communicator)
{
  int n = 1;
  MPI_Comm_size(communicator, &n);
  return n;
}

/// How cells are divided: evenly, or all on the last rank.
enum class Partition
{
  even,
  last_only
};

/// The first cell of a rank; that of the rank after the last is their number.
std::uint64_t
first_cell(const std::uint64_t n_cells,
           const Partition     partition,
           const int           rank,
           const int           n_ranks)
{
  return partition == Partition::even ? n_cells * rank / n_ranks
         : rank < n_ranks             ? 0
                                      : n_cells;
}

/// Numbers that tell cell and component, with all their digits in use.
double
number(const std::uint64_t cell, const unsigned int component)
{
  return std::sqrt(2. + cell) * std::pow(10., int(component) - 3);
}

/// This rank's records.
CellRecords
sample(const std::string  &name,
       const unsigned int  width,
       const std::uint64_t n_cells,
       const Partition     partition,
       MPI_Comm            communicator)
{
  const int   rank = rank_in(communicator), n = n_ranks_of(communicator);
  CellRecords records{name, width, {}};
  for (std::uint64_t cell = first_cell(n_cells, partition, rank, n);
       cell < first_cell(n_cells, partition, rank + 1, n);
       ++cell)
    for (unsigned int i = 0; i < width; ++i)
      records.values.push_back(number(cell, i));
  return records;
}

/// Two kinds of records, and one without any.
std::vector<CellRecords>
samples(const std::uint64_t n_cells,
        const Partition     partition,
        MPI_Comm            communicator)
{
  return {sample("displacement", 24, n_cells, partition, communicator),
          sample("state", 1, 3 * n_cells, partition, communicator),
          sample("contact", 5, 0, partition, communicator)};
}

void
expect_samples(const std::string  &path,
               const std::uint64_t n_cells,
               const Partition     partition,
               MPI_Comm            communicator)
{
  const Checkpoint checkpoint(path, communicator);
  EXPECT_EQ(checkpoint.header(), header);
  EXPECT_TRUE(checkpoint.has("displacement"));
  EXPECT_FALSE(checkpoint.has("velocity"));
  for (const CellRecords &expected : samples(n_cells, partition, communicator))
    EXPECT_EQ(checkpoint.read(expected.name,
                              expected.width,
                              expected.values.size() / expected.width),
              expected.values);
}

/// What the exception says that @p work ends with on all ranks.
std::string
error_of(const std::function<void()> &work)
{
  try
  {
    work();
  }
  catch (const std::runtime_error &error)
  {
    return error.what();
  }
  return "no error";
}

void
write_samples(const std::string &path, const std::uint64_t n_cells)
{
  write_checkpoint(path,
                   header,
                   samples(n_cells, Partition::even, MPI_COMM_WORLD),
                   MPI_COMM_WORLD);
}

std::string
error_of_opening(const std::string &path)
{
  return error_of([&] { Checkpoint(path, MPI_COMM_WORLD); });
}

/// Puts the right checksum into a file whose text of the same length has
/// changed.
void
reseal(const std::string &path)
{
  std::ifstream     in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)),
                         std::istreambuf_iterator<char>());
  const auto        begin = text.find("crc32 ") + 6;
  std::string       blank = text;
  blank.replace(begin, 8, "00000000");
  const auto crc =
    crc32_z(0, reinterpret_cast<const Bytef *>(blank.data()), blank.size());
  char digits[9];
  std::snprintf(digits, sizeof(digits), "%08x", static_cast<unsigned int>(crc));
  blank.replace(begin, 8, digits);
  std::ofstream(path, std::ios::binary) << blank;
}
} // namespace


TEST(Checkpoint, IsReadOnAnyNumberOfRanks)
{
  const TestFolder folder("checkpoint_ranks");
  const int        n = n_ranks_of(MPI_COMM_WORLD);
  for (int writers = 1; writers <= n; ++writers)
    for (int readers = 1; readers <= n; ++readers)
      for (const Partition partition : {Partition::even, Partition::last_only})
        for (const std::uint64_t n_cells : {0, 1, 1000})
        {
          const std::string path = folder.path() + "/a.checkpoint";
          FirstRanks(writers).run([&](MPI_Comm communicator) {
            write_checkpoint(path,
                             header,
                             samples(n_cells, partition, communicator),
                             communicator);
          });
          EXPECT_FALSE(folder.has("a.checkpoint.partial"));
          const Partition other = partition == Partition::even
                                    ? Partition::last_only
                                    : Partition::even;
          FirstRanks(readers).run([&](MPI_Comm communicator) {
            expect_samples(path, n_cells, other, communicator);
          });
        }
}


TEST(Checkpoint, KeepsEveryBitAndAnyHeader)
{
  const TestFolder  folder("checkpoint_bits");
  const std::string path = folder.path() + "/a.checkpoint";
  using Limits           = std::numeric_limits<double>;
  const std::vector<double> values{
    -0., Limits::quiet_NaN(), -Limits::infinity(), Limits::denorm_min(), 0.1};
  const std::string large(200000, 'x');
  for (const std::string &text : {std::string(), large})
  {
    write_checkpoint(path, text, {{"a", 1, values}}, MPI_COMM_WORLD);
    const Checkpoint checkpoint(path, MPI_COMM_WORLD);
    EXPECT_EQ(checkpoint.header(), text);
    const std::vector<double> again = checkpoint.read("a", 1, values.size());
    ASSERT_EQ(again.size(), values.size());
    EXPECT_EQ(
      std::memcmp(again.data(), values.data(), sizeof(double) * values.size()),
      0);
  }
  write_checkpoint(path, header, {}, MPI_COMM_WORLD);
  EXPECT_FALSE(Checkpoint(path, MPI_COMM_WORLD).has("a"));
}


TEST(Checkpoint, RefusesOtherRecordsThanItHas)
{
  const TestFolder  folder("checkpoint_totals");
  const std::string path = folder.path() + "/a.checkpoint";
  write_samples(path, 10);
  const Checkpoint checkpoint(path, MPI_COMM_WORLD);
  const bool       is_first = rank_in(MPI_COMM_WORLD) == 0;
  const auto       error    = [&](const std::string  &name,
                         const unsigned int  width,
                         const std::uint64_t n) {
    return error_of([&] { checkpoint.read(name, width, is_first ? n : 0); });
  };
  const std::string what = "the checkpoint '" + path + "' has ";
  for (const std::uint64_t wrong : {0, 9, 11})
    EXPECT_EQ(error("displacement", 24, wrong),
              what + "10 records of 'displacement', but this run has " +
                std::to_string(wrong) + ", as if it were of another mesh" +
                advice);
  EXPECT_EQ(error("displacement", 81, 10),
            what +
              "24 numbers in a record of 'displacement', but this run "
              "has 81" +
              advice);
  EXPECT_EQ(error("velocity", 1, 10),
            what + "no records of 'velocity'" + advice);
  EXPECT_EQ(error("displacement", 24, 10), "no error");
}


TEST(Checkpoint, RefusesWhatIsNotOne)
{
  const TestFolder  folder("checkpoint_others");
  const std::string path = folder.path() + "/a";
  EXPECT_EQ(error_of_opening(path),
            "cannot open the checkpoint '" + path +
              "': No such file or directory");

  const std::string what = "the checkpoint '" + path + "' ";
  folder.write("a", "");
  EXPECT_EQ(error_of_opening(path), what + "is an empty file" + advice);
  const std::string other =
    what +
    "is damaged, of an older version of miniscrew, or no checkpoint at "
    "all" +
    advice;
  for (const std::string &text : {std::string("title = \"a case\"\n"),
                                  std::string(5000, '\0'),
                                  std::string("miniscrew checkpoin"),
                                  std::string("\x89HDF\r\n\x1a\n")})
  {
    folder.write("a", text);
    EXPECT_EQ(error_of_opening(path), other);
  }
  EXPECT_EQ(error_of_opening(folder.path()),
            "the checkpoint '" + folder.path() + "' is not a file" + advice);

  on_first_rank(MPI_COMM_WORLD, [&] {
    H5Fclose(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  });
  EXPECT_EQ(error_of_opening(path), other);
}


TEST(Checkpoint, RefusesAnotherVersion)
{
  const TestFolder  folder("checkpoint_version");
  const std::string path = folder.path() + "/a";
  write_samples(path, 3);
  const std::string whole = folder.read("a");
  const std::string what  = "the checkpoint '" + path + "' ";
  ASSERT_EQ(whole.rfind("miniscrew checkpoint\nformat 5\nprogram " +
                          version_line() + "\n",
                        0),
            0u);
  std::string text                = whole;
  text[text.find("format 5") + 7] = '7';
  folder.write("a", text);
  EXPECT_EQ(error_of_opening(path),
            what +
              "has the format version 7, but this program reads version "
              "5" +
              advice);

  // The text of the seal counts in its checksum.
  text = whole;
  text[text.find("(commit ") + 8] ^= 1;
  folder.write("a", text);
  EXPECT_EQ(error_of_opening(path),
            what + "is damaged: its checksum is wrong" + advice);

  // What another program of the same format would have written.
  const std::string::size_type begin = whole.find("program ") + 8;
  text                               = whole;
  text.replace(begin, 9, "Miniscrew");
  folder.write("a", text);
  on_first_rank(MPI_COMM_WORLD, [&] { reseal(path); });
  EXPECT_EQ(error_of_opening(path),
            what + "was written by M" + version_line().substr(1) +
              ", but this is " + version_line() +
              ", which may give other numbers" + advice);
}


TEST(Checkpoint, RefusesAFileThatIsCutOff)
{
  const TestFolder  folder("checkpoint_cut");
  const std::string path = folder.path() + "/a.checkpoint";
  write_samples(path, 100);
  const std::string whole = folder.read("a.checkpoint");
  const std::string what  = "the checkpoint '" + path + "' is cut off";
  for (const std::size_t left :
       {whole.size() - 1, whole.size() / 2, std::size_t(512)})
  {
    folder.write("a.checkpoint", whole.substr(0, left));
    EXPECT_EQ(error_of_opening(path),
              what + ": it has " + std::to_string(left) + " of " +
                std::to_string(whole.size()) + " bytes" + advice);
  }
  folder.write("a.checkpoint", whole.substr(0, 511));
  EXPECT_EQ(error_of_opening(path), what + advice);
  folder.write("a.checkpoint", whole + '\0');
  EXPECT_EQ(error_of_opening(path),
            "the checkpoint '" + path + "' is damaged: its checksum is wrong" +
              advice);
}


TEST(Checkpoint, NoChangedByteIsRead)
{
  const TestFolder  folder("checkpoint_flips");
  const std::string path = folder.path() + "/a.checkpoint";
  write_samples(path, 40);
  const std::string whole = folder.read("a.checkpoint");
  std::mt19937      random(20260101);
  for (unsigned int i = 0; i < 600; ++i)
  {
    // A quarter in the seal and in HDF5's first entries, the rest anywhere.
    const std::size_t within = i % 4 == 0 ? 2048 : whole.size();
    const std::size_t place  = random() % within;
    const unsigned    change = 1 + random() % 255;
    std::string       text   = whole;
    text[place]              = static_cast<char>(text[place] ^ change);
    folder.write("a.checkpoint", text);
    const std::string error = error_of_opening(path);
    EXPECT_EQ(error.rfind("the checkpoint '" + path + "' ", 0), 0u)
      << "byte " << place << " changed by " << change << ": " << error;
    EXPECT_NE(error.find(advice), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
  folder.write("a.checkpoint", whole);
  expect_samples(path, 40, Partition::even, MPI_COMM_WORLD);
}


TEST(Checkpoint, StaysUntilTheNextIsWhole)
{
  const TestFolder  folder("checkpoint_kept");
  const std::string path = folder.path() + "/a.checkpoint";
  write_samples(path, 10);

  // What a killed run leaves does no harm.
  folder.write("a.checkpoint.partial", "half of it");
  expect_samples(path, 10, Partition::even, MPI_COMM_WORLD);

  // Nothing can be written aside.
  on_first_rank(MPI_COMM_WORLD, [&] {
    std::filesystem::remove(path + ".partial");
    std::filesystem::create_directories(path + ".partial/in_the_way");
  });
  EXPECT_NE(error_of([&] { write_samples(path, 11); }).find(path),
            std::string::npos);
  expect_samples(path, 10, Partition::even, MPI_COMM_WORLD);

  on_first_rank(MPI_COMM_WORLD,
                [&] { std::filesystem::remove_all(path + ".partial"); });
  folder.write("a.checkpoint.partial", "half of it");
  write_samples(path, 11);
  expect_samples(path, 11, Partition::even, MPI_COMM_WORLD);
  EXPECT_FALSE(folder.has("a.checkpoint.partial"));
}


TEST(Checkpoint, StaysIfTheNextDoesNotFit)
{
  const TestFolder  folder("checkpoint_full");
  const std::string path = folder.path() + "/a.checkpoint";
  write_samples(path, 10);

  // A file may not grow beyond this: the disk is full half-way.
  const auto allow = [](const rlim_t size) {
    rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = std::min(size, limit.rlim_max);
    setrlimit(RLIMIT_FSIZE, &limit);
  };
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  allow(300000);
  const std::string error = error_of([&] { write_samples(path, 20000); });
  allow(RLIM_INFINITY);
  std::signal(SIGXFSZ, before);
  EXPECT_EQ(error.rfind("cannot write the checkpoint '" + path + "' of 4.4", 0),
            0)
    << error;
  EXPECT_NE(error.find("MB: File too large"), std::string::npos) << error;
  expect_samples(path, 10, Partition::even, MPI_COMM_WORLD);
  EXPECT_FALSE(folder.has("a.checkpoint.partial"));
}


TEST(Checkpoint, CannotBeWrittenWhereNothingCan)
{
  const TestFolder  folder("checkpoint_no_folder");
  const std::string path = folder.path() + "/none/a.checkpoint";
  EXPECT_NE(error_of([&] { write_samples(path, 1); }).find(path),
            std::string::npos);

  on_first_rank(MPI_COMM_WORLD,
                [&] { std::filesystem::create_directories(path + "/b"); });
  EXPECT_EQ(error_of([&] { write_samples(path, 1); }),
            "cannot write the checkpoint '" + path + "': Is a directory");
  EXPECT_FALSE(folder.has("none/a.checkpoint.partial"));
}


TEST(Checkpoint, RefusesRecordsThatAreNotWholeOrDiffer)
{
  const TestFolder  folder("checkpoint_unsound");
  const std::string path = folder.path() + "/a.checkpoint";
  using Records          = std::vector<CellRecords>;
  for (const Records &records : {Records{{"a", 2, {1., 2., 3.}}},
                                 Records{{"a", 0, {}}},
                                 Records{{"", 1, {}}},
                                 Records{{"a/b", 1, {}}},
                                 Records{{"a", 1, {}}, {"a", 1, {}}}})
    EXPECT_THROW(write_checkpoint(path, header, records, MPI_COMM_WORLD),
                 std::logic_error);
  if (n_ranks_of(MPI_COMM_WORLD) > 1)
  {
    const bool is_last =
      rank_in(MPI_COMM_WORLD) == n_ranks_of(MPI_COMM_WORLD) - 1;
    EXPECT_THROW(write_checkpoint(path,
                                  header,
                                  is_last ? Records{} : Records{{"a", 1, {}}},
                                  MPI_COMM_WORLD),
                 std::logic_error);
  }
  EXPECT_FALSE(folder.has("a.checkpoint"));
}
} // namespace miniscrew::output
