// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/curlcommand.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

/// Letters of options that take a value (curl 7.88).
constexpr std::string_view lettersWithValue = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/// Long options that take a value and change nothing of what is sent (curl 7.88, and newer ones).
constexpr std::array<std::string_view, 119> valuesOfNoInterest{"abstract-unix-socket",
                                                               "alt-svc",
                                                               "aws-sigv4",
                                                               "cacert",
                                                               "capath",
                                                               "cert",
                                                               "cert-type",
                                                               "ciphers",
                                                               "connect-timeout",
                                                               "connect-to",
                                                               "continue-at",
                                                               "cookie-jar",
                                                               "create-file-mode",
                                                               "crlfile",
                                                               "curves",
                                                               "delegation",
                                                               "dns-interface",
                                                               "dns-ipv4-addr",
                                                               "dns-ipv6-addr",
                                                               "dns-servers",
                                                               "doh-url",
                                                               "dump-header",
                                                               "ech",
                                                               "egd-file",
                                                               "engine",
                                                               "etag-compare",
                                                               "etag-save",
                                                               "expect100-timeout",
                                                               "ftp-account",
                                                               "ftp-alternative-to-user",
                                                               "ftp-method",
                                                               "ftp-port",
                                                               "ftp-ssl-ccc-mode",
                                                               "happy-eyeballs-timeout-ms",
                                                               "haproxy-clientip",
                                                               "help",
                                                               "hostpubmd5",
                                                               "hostpubsha256",
                                                               "hsts",
                                                               "interface",
                                                               "ip-tos",
                                                               "ipfs-gateway",
                                                               "keepalive-cnt",
                                                               "keepalive-time",
                                                               "key",
                                                               "key-type",
                                                               "krb",
                                                               "libcurl",
                                                               "limit-rate",
                                                               "local-port",
                                                               "login-options",
                                                               "mail-auth",
                                                               "mail-from",
                                                               "mail-rcpt",
                                                               "max-filesize",
                                                               "max-redirs",
                                                               "max-time",
                                                               "netrc-file",
                                                               "noproxy",
                                                               "output",
                                                               "output-dir",
                                                               "parallel-max",
                                                               "parallel-max-host",
                                                               "pass",
                                                               "pinnedpubkey",
                                                               "preproxy",
                                                               "proto",
                                                               "proto-default",
                                                               "proto-redir",
                                                               "proxy",
                                                               "proxy-cacert",
                                                               "proxy-capath",
                                                               "proxy-cert",
                                                               "proxy-cert-type",
                                                               "proxy-ciphers",
                                                               "proxy-crlfile",
                                                               "proxy-header",
                                                               "proxy-key",
                                                               "proxy-key-type",
                                                               "proxy-pass",
                                                               "proxy-pinnedpubkey",
                                                               "proxy-service-name",
                                                               "proxy-tls13-ciphers",
                                                               "proxy-tlsauthtype",
                                                               "proxy-tlspassword",
                                                               "proxy-tlsuser",
                                                               "proxy-user",
                                                               "proxy1.0",
                                                               "pubkey",
                                                               "quote",
                                                               "random-file",
                                                               "range",
                                                               "rate",
                                                               "resolve",
                                                               "retry",
                                                               "retry-delay",
                                                               "retry-max-time",
                                                               "sasl-authzid",
                                                               "service-name",
                                                               "sigalgs",
                                                               "socks4",
                                                               "socks4a",
                                                               "socks5",
                                                               "socks5-gssapi-service",
                                                               "socks5-hostname",
                                                               "speed-limit",
                                                               "speed-time",
                                                               "stderr",
                                                               "telnet-option",
                                                               "tftp-blksize",
                                                               "time-cond",
                                                               "tls-max",
                                                               "tls13-ciphers",
                                                               "tlsauthtype",
                                                               "tlspassword",
                                                               "tlsuser",
                                                               "trace",
                                                               "trace-ascii",
                                                               "trace-config"};

struct NamedOption
{
    std::string_view name;
    char letter;
};

/// Long options that say what is sent, with a letter for each: curl's own, else one it does not use.
constexpr char rawDataLetter = '\1';
constexpr char encodedDataLetter = '\2';
constexpr char jsonLetter = '\3';
constexpr char urlLetter = '\4';
constexpr char urlQueryLetter = '\5';
constexpr char bearerLetter = '\6';
constexpr char binaryDataLetter = '\7';
constexpr std::array namedOptions{
    NamedOption{"data", 'd'},
    NamedOption{"data-ascii", 'd'},
    NamedOption{"data-raw", rawDataLetter},
    NamedOption{"data-binary", binaryDataLetter},
    NamedOption{"json", jsonLetter},
    NamedOption{"data-urlencode", encodedDataLetter},
    NamedOption{"header", 'H'},
    NamedOption{"user", 'u'},
    NamedOption{"request", 'X'},
    NamedOption{"get", 'G'},
    NamedOption{"head", 'I'},
    NamedOption{"url", urlLetter},
    NamedOption{"url-query", urlQueryLetter},
    NamedOption{"user-agent", 'A'},
    NamedOption{"referer", 'e'},
    NamedOption{"cookie", 'b'},
    NamedOption{"form", 'F'},
    NamedOption{"form-string", 'F'},
    NamedOption{"upload-file", 'T'},
    NamedOption{"config", 'K'},
    NamedOption{"next", ':'},
    NamedOption{"oauth2-bearerLetter", bearerLetter},
};

QString shown(const QByteArray &text)
{
    constexpr qsizetype most = 60;
    const QString all = QString::fromUtf8(text);
    return all.size() <= most ? all : all.first(most) + u'\u2026';
}

/// One part of a command, up to --next.
class Part
{
public:
    explicit Part(const ShellCommand &command)
        : m_command(&command)
    {
    }

    [[nodiscard]] const QString &problem() const { return m_problem; }

    void addUrl(const QByteArray &text)
    {
        const bool isUrl = text.contains('.') || text.contains(':') || text.startsWith("localhost");
        if (isUrl) {
            m_urls.append(text.contains("://") ? text : "http://" + text);
        } else {
            // Not shown: a stray word may be a key.
            fail(u"A word in it is neither an option nor an address: see whether all quotes are there."_s);
        }
    }

    /// One that takes no value.
    void flag(char letter)
    {
        m_isGet = m_isGet || letter == 'G';
        m_isHead = m_isHead || letter == 'I';
    }

    void option(char letter, const QByteArray &value)
    {
        switch (letter) {
        case 'd':
            addFileOr(value, NewLines::Stripped);
            break;
        case binaryDataLetter:
            addFileOr(value, NewLines::Kept);
            break;
        case rawDataLetter:
            addData(value);
            break;
        case encodedDataLetter:
            addData(urlEncoded(value));
            break;
        case jsonLetter:
            addJson(value);
            break;
        case 'H':
            addHeader(value);
            break;
        case 'u':
            setDefault("Authorization", "Basic " + (value.contains(':') ? value : value + ':').toBase64());
            break;
        case bearerLetter:
            setDefault("Authorization", "Bearer " + value);
            break;
        case 'X':
            m_method = value;
            break;
        case urlLetter:
            addUrl(value);
            break;
        case urlQueryLetter:
            m_query.append(value.startsWith('+') ? value.sliced(1) : urlEncoded(value));
            break;
        case 'A':
            setDefault("User-Agent", value);
            break;
        case 'e':
            setDefault("Referer", value);
            break;
        case 'b':
            if (value.contains('=')) {
                setDefault("Cookie", value);
            }
            break;
        case 'F':
            fail(u"It sends a form (-F), which carries no Segment events."_s);
            break;
        case 'T':
            refuseFile(value);
            break;
        case 'K':
            fail(u"It reads its options from the file %1: give them in the command."_s.arg(shown(value)));
            break;
        default:
            break;
        }
    }

    [[nodiscard]] std::vector<WrittenRequest> requests() const
    {
        std::vector<WrittenRequest> all;
        for (const QByteArray &address : m_urls) {
            WrittenRequest &one = all.emplace_back();
            const bool isBody = m_hasData && !m_isGet;
            one.method = isBody ? "POST" : m_isHead ? "HEAD" : "GET";
            if (!m_method.isEmpty()) {
                one.method = m_method;
            }
            one.url = withQuery(address);
            one.headers = m_headers;
            for (const http::Header &header : m_defaults) {
                if (!isSetByUser(header.name)) {
                    one.headers.push_back(header);
                }
            }
            if (isBody) {
                if (!isSetByUser("Content-Type") && http::header(m_defaults, "Content-Type").isNull()) {
                    one.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
                }
                one.body = m_data;
            }
            std::erase_if(one.headers, [](const http::Header &header) { return header.value.isNull(); });
        }
        return all;
    }

    void fail(const QString &sentence)
    {
        if (m_problem.isEmpty()) {
            m_problem = sentence;
        }
    }

private:
    enum class NewLines : std::uint8_t { Kept, Stripped };

    void refuseFile(const QByteArray &name)
    {
        fail(name == "-" || name == "."
                 ? u"Its body comes from standard input: put it into the command."_s
                 : u"Its body is in the file %1, which is not read: put it into the command."_s.arg(
                       shown(name)));
    }

    /// "@-" is the here-document, where there is one.
    [[nodiscard]] bool isInput(const QByteArray &value) const
    {
        return value == "@-" && m_command->input.has_value();
    }

    void addFileOr(const QByteArray &value, NewLines newLines)
    {
        if (isInput(value)) {
            QByteArray input = *m_command->input;
            if (newLines == NewLines::Stripped) {
                input.replace('\n', "").replace('\r', "");
            }
            addData(input);
        } else if (value.startsWith('@')) {
            refuseFile(value.sliced(1));
        } else {
            addData(value);
        }
    }

    void addData(const QByteArray &value)
    {
        m_data += (m_hasData ? "&" : "") + value;
        m_hasData = true;
    }

    void addJson(const QByteArray &value)
    {
        if (value.startsWith('@') && !isInput(value)) {
            refuseFile(value.sliced(1));
            return;
        }
        m_data += isInput(value) ? QByteArray(*m_command->input) : value;
        m_hasData = true;
        setDefault("Content-Type", "application/json");
        setDefault("Accept", "application/json");
    }

    /// "name=value", "=value" or "value"; of the first the name stays as it is.
    QByteArray urlEncoded(const QByteArray &value)
    {
        const qsizetype equals = value.indexOf('=');
        const qsizetype at = value.indexOf('@');
        if (at >= 0 && (equals < 0 || at < equals)) {
            refuseFile(value.sliced(at + 1));
            return {};
        }
        const QByteArray name = equals > 0 ? value.first(equals + 1) : QByteArray();
        return name + value.sliced(equals + 1).toPercentEncoding();
    }

    void addHeader(const QByteArray &value)
    {
        if (value.startsWith('@')) {
            fail(u"Its headers are in the file %1, which is not read: put them into the command."_s.arg(
                shown(value.sliced(1))));
            return;
        }
        const qsizetype colon = value.indexOf(':');
        if (colon > 0) {
            // Without a value curl leaves its own header of that name out.
            const QByteArray text = value.sliced(colon + 1).trimmed();
            m_headers.push_back({value.first(colon).trimmed(), text.isEmpty() ? QByteArray() : text});
        } else if (value.size() > 1 && value.endsWith(';')) {
            m_headers.push_back({value.chopped(1).trimmed(), ""});
        }
    }

    void setDefault(const char *name, const QByteArray &value)
    {
        const auto known = std::ranges::find(m_defaults, QByteArray(name), &http::Header::name);
        if (known == m_defaults.end()) {
            m_defaults.push_back({name, value});
        } else {
            known->value = value;
        }
    }

    [[nodiscard]] bool isSetByUser(const QByteArray &name) const
    {
        return std::ranges::any_of(m_headers, [&name](const http::Header &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    }

    [[nodiscard]] QByteArray withQuery(QByteArray address) const
    {
        QByteArray fragment;
        if (const qsizetype hash = address.indexOf('#'); hash >= 0) {
            fragment = address.sliced(hash);
            address.truncate(hash);
        }
        QList<QByteArray> more = m_query;
        if (m_isGet && m_hasData) {
            more.prepend(m_data);
        }
        for (const QByteArray &each : more) {
            address += (address.contains('?') ? '&' : '?') + each;
        }
        return address + fragment;
    }

    const ShellCommand *m_command;
    QList<QByteArray> m_urls;
    std::vector<http::Header> m_headers;  ///< of -H; null: left out
    std::vector<http::Header> m_defaults; ///< of other options: -H goes before them
    QByteArray m_method, m_data;
    QList<QByteArray> m_query;
    bool m_hasData = false, m_isGet = false, m_isHead = false;
    QString m_problem;
};

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
    void longOption(const QByteArray &name)
    {
        const std::string_view wanted(name.constData(), static_cast<std::size_t>(name.size()));
        if (const auto *named = std::ranges::find(namedOptions, wanted, &NamedOption::name);
            named != namedOptions.end()) {
            given(named->letter);
        } else if (std::ranges::find(valuesOfNoInterest, wanted) != valuesOfNoInterest.end()) {
            ++m_at;
        }
    }

    void given(char letter)
    {
        if (letter == ':') {
            endPart();
        } else if (letter == 'G' || letter == 'I') {
            m_part.flag(letter);
        } else {
            option(letter, value(letter));
        }
    }

    /// "-sSXPOST": letters in one word; the first that takes a value has the rest of it.
    void letters(const QByteArray &word)
    {
        for (qsizetype i = 0; i < word.size(); ++i) {
            const char letter = word.at(i);
            if (letter == ':') {
                endPart();
            } else if (lettersWithValue.find(letter) == std::string_view::npos) {
                m_part.flag(letter);
            } else {
                option(letter, i + 1 < word.size() ? word.sliced(i + 1) : value(letter));
                return;
            }
        }
    }

    void option(char letter, const QByteArray &given) { m_part.option(letter, given); }

    QByteArray value(char letter)
    {
        if (m_at < m_command.words.size()) {
            return m_command.words.at(m_at++);
        }
        const QString name = letter >= ' ' ? u"-%1"_s.arg(QLatin1Char(letter)) : u"The last option"_s;
        m_part.fail(u"%1 has no value."_s.arg(name));
        return {};
    }

    void endPart()
    {
        if (m_problem.isEmpty()) {
            m_problem = m_part.problem();
        }
        for (WrittenRequest &request : m_part.requests()) {
            m_all.push_back(std::move(request));
        }
        m_part = Part(m_command);
    }

    const ShellCommand &m_command;
    qsizetype m_at;
    Part m_part;
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
