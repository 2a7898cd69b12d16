// SPDX-License-Identifier: LGPL-2.1-or-later
// The first block of a checkpoint, which tells whether the rest is whole.
#pragma once

#include <string>

namespace miniscrew::output
{
/// A checkpoint begins with a block of text, which HDF5 leaves to its users:
/// what the file is, the version of its format, the program that wrote it, the
/// size of the file, and a checksum (CRC-32) of everything but itself. Nothing
/// else is read before all of that is right, as HDF5 may crash on files that
/// are damaged. The functions do not communicate.
namespace checkpoint_seal
{
/// Bytes of the block, before those of HDF5.
constexpr unsigned int size = 512;

/// Version of the format of checkpoints. It rises when an older program would
/// misread them.
constexpr int version = 5;

/// Seals the file at @p path, which is whole but for its first block, and waits
/// for the disk. Throws IoError.
void write(const std::string &path);

/// Whether the file at @p path begins like a checkpoint of any version that has
/// a seal, be it whole or not.
bool is_there(const std::string &path);

/// Throws IoError, with one sentence that says what is wrong and what to do, if
/// the file at @p path cannot be read, is no checkpoint, is of another version
/// of the format or the program, or is not whole.
void check(const std::string &path);
} // namespace checkpoint_seal
} // namespace miniscrew::output
