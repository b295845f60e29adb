// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/curlcommand.h"

#include "segment/curlpart.h"

#include <algorithm>
#include <array>
#include <string>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

struct KnownOption
{
    std::string_view name;
    char letter; ///< '\0': none
    CurlOption option;
};

constexpr std::array knownOptions{
    KnownOption{"data", 'd', CurlOption::Data},
    KnownOption{"data-ascii", '\0', CurlOption::Data},
    KnownOption{"data-raw", '\0', CurlOption::RawData},
    KnownOption{"data-binary", '\0', CurlOption::BinaryData},
    KnownOption{"data-urlencode", '\0', CurlOption::EncodedData},
    KnownOption{"json", '\0', CurlOption::Json},
    KnownOption{"header", 'H', CurlOption::Header},
    KnownOption{"user", 'u', CurlOption::User},
    KnownOption{"oauth2-bearer", '\0', CurlOption::Bearer},
    KnownOption{"request", 'X', CurlOption::Method},
    KnownOption{"get", 'G', CurlOption::Get},
    KnownOption{"head", 'I', CurlOption::Head},
    KnownOption{"next", ':', CurlOption::Next},
    KnownOption{"url", '\0', CurlOption::Url},
    KnownOption{"url-query", '\0', CurlOption::UrlQuery},
    KnownOption{"user-agent", 'A', CurlOption::UserAgent},
    KnownOption{"referer", 'e', CurlOption::Referer},
    KnownOption{"cookie", 'b', CurlOption::Cookie},
    KnownOption{"form", 'F', CurlOption::Form},
    KnownOption{"form-string", '\0', CurlOption::Form},
    KnownOption{"upload-file", 'T', CurlOption::Upload},
    KnownOption{"config", 'K', CurlOption::Config},
};

bool hasValue(CurlOption option)
{
    return option != CurlOption::Get && option != CurlOption::Head && option != CurlOption::Next;
}

/// Letters of options that take a value and change nothing of what is sent (curl 7.88).
constexpr std::string_view lettersOfNoInterest = "cCDEhmoPQrtUwxyYz";

/// The same, of long options, and of newer curls.
constexpr std::string_view valuesOfNoInterest =
    " abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers connect-timeout "
    "connect-to continue-at cookie-jar create-file-mode crlfile curves delegation dns-interface "
    "dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare "
    "etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method ftp-port "
    "ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip help hostpubmd5 hostpubsha256 "
    "hsts interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type krb libcurl "
    "limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs "
    "max-time netrc-file noproxy output output-dir parallel-max parallel-max-host pass "
    "pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath "
    "proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type "
    "proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype "
    "proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate "
    "resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a "
    "socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option "
    "tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace "
    "trace-ascii trace-config ";

/// Walks the words and hands each option to the part it is of.
class CommandLine
{
public:
    CommandLine(const ShellCommand &command, qsizetype begin)
        : m_command(command)
        , m_at(begin)
        , m_part(command)
    {
    }

    base::Result<std::vector<WrittenRequest>> read()
    {
        while (m_at < m_command.words.size()) {
            const QByteArray word = m_command.words.at(m_at++);
            if (m_isOptionsEnd || word == "-" || !word.startsWith('-')) {
                m_part.addUrl(word);
            } else if (word == "--") {
                m_isOptionsEnd = true;
            } else if (word.startsWith("--")) {
                longOption(word.sliced(2));
            } else {
                letters(word.sliced(1));
            }
        }
        endPart();
        if (m_problem.isEmpty() && m_all.empty()) {
            m_problem = u"The command names no address."_s;
        }
        if (!m_problem.isEmpty()) {
            return base::failure(base::ErrorCode::BadInput, m_problem);
        }
        return std::move(m_all);
    }

private:
    void longOption(const QByteArray &word)
    {
        const std::string_view name(word.constData(), static_cast<std::size_t>(word.size()));
        if (const auto *known = std::ranges::find(knownOptions, name, &KnownOption::name);
            known != knownOptions.end()) {
            given(known->option, {});
        } else if (valuesOfNoInterest.find(' ' + std::string(name) + ' ') != std::string_view::npos) {
            ++m_at;
        }
    }

    /// "-sSXPOST": letters in one word; the first that takes a value has the rest of it.
    void letters(const QByteArray &word)
    {
        for (qsizetype i = 0; i < word.size(); ++i) {
            const char letter = word.at(i);
            const auto *known = std::ranges::find(knownOptions, letter, &KnownOption::letter);
            if (lettersOfNoInterest.find(letter) != std::string_view::npos) {
                m_at += i + 1 == word.size() ? 1 : 0;
                return;
            }
            if (letter == '\0' || known == knownOptions.end()) {
                continue;
            }
            const bool isEnd = hasValue(known->option);
            given(known->option, isEnd ? word.sliced(i + 1) : QByteArray());
            if (isEnd) {
                return;
            }
        }
    }

    /// `rest`: of the word it stands in.
    void given(CurlOption option, const QByteArray &rest)
    {
        if (option == CurlOption::Next) {
            endPart();
        } else if (!hasValue(option)) {
            m_part.add(option, {});
        } else if (!rest.isEmpty()) {
            m_part.add(option, rest);
        } else if (m_at < m_command.words.size()) {
            m_part.add(option, m_command.words.at(m_at++));
        } else {
            m_part.fail(u"Its last option has no value."_s);
        }
    }

    void endPart()
    {
        if (m_problem.isEmpty()) {
            m_problem = m_part.problem();
        }
        for (WrittenRequest &request : m_part.requests()) {
            m_all.push_back(std::move(request));
        }
        m_part = CurlPart(m_command);
    }

    const ShellCommand &m_command;
    qsizetype m_at;
    CurlPart m_part;
    std::vector<WrittenRequest> m_all;
    bool m_isOptionsEnd = false;
    QString m_problem;
};

bool isProgram(const QByteArray &word)
{
    const QByteArray name = word.sliced(std::max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    return name == "curl" || name.compare("curl.exe", Qt::CaseInsensitive) == 0;
}

/// Where the program stands, behind what may come before it; nothing when it is not curl.
std::optional<qsizetype> programOf(const QList<QByteArray> &words)
{
    qsizetype at = 0;
    while (at < words.size() && !isProgram(words.at(at))) {
        const QByteArray &word = words.at(at);
        const bool isBefore = word == "$" || word == "%" || word == ">" || word == "sudo" || word == "time" ||
                              word == "env" || (word.indexOf('=') > 0 && !word.startsWith('-'));
        if (!isBefore) {
            return std::nullopt;
        }
        ++at;
    }
    return at < words.size() ? std::optional(at) : std::nullopt;
}

} // namespace

bool looksLikeCurl(QByteArrayView text)
{
    qsizetype begin = 0;
    while (begin < text.size()) {
        const qsizetype lineBreak = text.indexOf('\n', begin);
        const qsizetype end = lineBreak < 0 ? text.size() : lineBreak;
        QByteArrayView line = text.sliced(begin, end - begin).trimmed();
        begin = end + 1;
        if (line.startsWith("$ ")) {
            line = line.sliced(2).trimmed();
        }
        if (line == "curl" || line.startsWith("curl ") || line.startsWith("curl\t") ||
            line.startsWith("curl.exe ") || line.startsWith("sudo curl ")) {
            return true;
        }
    }
    return false;
}

bool isCurl(const ShellCommand &command)
{
    return programOf(command.words).has_value();
}

base::Result<std::vector<WrittenRequest>> curlRequests(const ShellCommand &command)
{
    const auto program = programOf(command.words);
    if (!command.problem.isEmpty()) {
        return base::failure(base::ErrorCode::BadInput, command.problem);
    }
    if (!program) {
        return base::failure(base::ErrorCode::BadInput, u"This command is not curl."_s);
    }
    return CommandLine(command, *program + 1).read();
}

} // namespace segment
