// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/wire.h"

#include <algorithm>
#include <cstring>

namespace tls {

namespace {

int readInput(BIO *bio, char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    QByteArrayView &input = static_cast<Wire *>(BIO_get_data(bio))->input;
    const auto taken = std::min<qsizetype>(size, input.size());
    if (taken <= 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    std::memcpy(bytes, input.data(), static_cast<std::size_t>(taken));
    input = input.sliced(taken);
    return static_cast<int>(taken);
}

int writeOutput(BIO *bio, const char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    static_cast<Wire *>(BIO_get_data(bio))->output.append(bytes, size);
    return size;
}

long control(BIO * /*bio*/, int command, long /*number*/, void * /*argument*/)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD *method()
{
    static const BIO_METHOD *const made = [] {
        BIO_METHOD *type = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
        BIO_meth_set_read(type, readInput);
        BIO_meth_set_write(type, writeOutput);
        BIO_meth_set_ctrl(type, control);
        return type;
    }();
    return made;
}

} // namespace

Bio newBio(Wire &wire)
{
    Bio bio(BIO_new(method()));
    if (bio != nullptr) {
        BIO_set_data(bio.get(), &wire);
        BIO_set_init(bio.get(), 1);
    }
    return bio;
}

} // namespace tls
