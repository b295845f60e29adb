// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>

namespace segment {

/// What a plus sign means: a space in form parameters, itself in base64 and in paths.
enum class PlusSign : std::uint8_t { Space, Itself };

/// Percent-decoding that never fails: a percent sign without two hex digits stays as it is.
[[nodiscard]] QByteArray percentDecoded(QByteArrayView text, PlusSign plus);

struct Parameter
{
    QByteArray name;     ///< decoded
    QByteArray rawValue; ///< still coded
};

/// The parameters of a query or form body, in the order sent.
[[nodiscard]] std::vector<Parameter> parameters(QByteArrayView query);

/// Decoded value of the first parameter of that name.
[[nodiscard]] std::optional<QByteArray> parameter(const std::vector<Parameter> &all, QByteArrayView name);

} // namespace segment
