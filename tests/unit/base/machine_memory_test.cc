// SPDX-License-Identifier: LGPL-2.1-or-later
// Memory that control groups, Slurm and the user leave.
#include "solver/base/machine_memory.h"

#include "solver/base/errors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace miniscrew;
namespace fs = std::filesystem;

namespace
{
// A tree of control groups in a folder of its own.
class Groups
{
public:
  Groups()
    : root_(fs::temp_directory_path() / ("groups" + std::to_string(getpid())))
  {}

  ~Groups()
  {
    fs::remove_all(root_);
  }

  void
  write(const std::string &file, const std::string &text) const
  {
    const fs::path path = root_ / file;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text << "\n";
  }

  double
  left(const std::string &membership) const
  {
    return left_by_control_groups(membership, root_.string());
  }

private:
  fs::path root_;
};

struct Variable
{
  Variable(const char *name, const char *value)
    : name(name)
  {
    setenv(name, value, 1);
  }

  ~Variable()
  {
    unsetenv(name);
  }

  const char *name;
};
} // namespace

TEST(MachineMemory, VersionTwoTakesTheTightestGroupAbove)
{
  const Groups groups;
  groups.write("a/b/memory.max", "max");
  groups.write("a/memory.max", "3000000");
  groups.write("a/memory.current", "1200000");
  groups.write("a/memory.stat", "anon 700000\ninactive_file 200000");
  EXPECT_EQ(groups.left("0::/a/b\n"), 2e6);
  EXPECT_TRUE(std::isinf(groups.left("0::/elsewhere\n")));
}

TEST(MachineMemory, VersionOneHasAFolderOfItsOwn)
{
  const Groups groups;
  groups.write("memory/job/memory.limit_in_bytes", "5000000");
  groups.write("memory/job/memory.usage_in_bytes", "1000000");
  groups.write("memory/memory.limit_in_bytes", "9223372036854771712");
  EXPECT_EQ(groups.left("3:cpuset:/x\n4:memory:/job\n0::/\n"), 4e6);
  EXPECT_TRUE(std::isinf(groups.left("4:memory:/other\n")));
}

TEST(MachineMemory, SlurmGrantsPerNodeOrPerProcessor)
{
  EXPECT_TRUE(std::isinf(granted_by_slurm()));
  {
    const Variable a("SLURM_MEM_PER_CPU", "2000"), b("SLURM_CPUS_ON_NODE", "8");
    EXPECT_EQ(granted_by_slurm(), 16000.);
    const Variable c("SLURM_MEM_PER_NODE", "9000");
    EXPECT_EQ(granted_by_slurm(), 9000.);
  }
}

TEST(MachineMemory, UserDecides)
{
  const MemoryLimit machine = memory_limit(MPI_COMM_WORLD);
  EXPECT_GT(machine.megabytes, 10.);
  {
    const Variable variable("MINISCREW_MEMORY_MB", "123");
    EXPECT_EQ(memory_limit(MPI_COMM_WORLD).megabytes, 123.);
  }
  const Variable variable("MINISCREW_MEMORY_MB", "much");
  EXPECT_THROW(memory_limit(MPI_COMM_WORLD), UserError);
}
