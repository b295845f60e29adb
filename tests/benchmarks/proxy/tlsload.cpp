// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tlsload.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// One connection to the host, through the proxy.
class Tunnel
{
public:
    Tunnel(SSL_CTX *context, const TlsLoadPlan &plan)
        : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(plan.proxyPort);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const QByteArray target = plan.host + ":443";
        const QByteArray connect = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
            send(m_socket, connect.constData(), static_cast<std::size_t>(connect.size()), MSG_NOSIGNAL) !=
                connect.size()) {
            return;
        }
        QByteArray answer;
        std::array<char, 1024> buffer{};
        while (!answer.contains("\r\n\r\n")) {
            const ssize_t count = recv(m_socket, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                return;
            }
            answer.append(buffer.data(), count);
        }
        if (!answer.startsWith("HTTP/1.1 200") && !answer.startsWith("HTTP/1.0 200")) {
            return;
        }
        m_ssl = SSL_new(context);
        SSL_set_fd(m_ssl, m_socket);
        QByteArray name = plan.host; // what the macro SSL_set_tlsext_host_name does
        SSL_ctrl(m_ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
        m_isOpen = SSL_connect(m_ssl) == 1;
    }

    ~Tunnel()
    {
        if (m_ssl != nullptr) {
            if (m_isOpen) {
                SSL_shutdown(m_ssl);
            }
            SSL_free(m_ssl);
        }
        ::close(m_socket);
    }
    Tunnel(const Tunnel &) = delete;
    Tunnel &operator=(const Tunnel &) = delete;

    [[nodiscard]] bool isOpen() const { return m_isOpen; }

    [[nodiscard]] bool call(const QByteArray &request)
    {
        if (SSL_write(m_ssl, request.constData(), static_cast<int>(request.size())) != request.size()) {
            m_isOpen = false;
            return false;
        }
        QByteArray answer;
        std::array<char, 4096> buffer{};
        qsizetype whole = -1;
        while (whole < 0 || answer.size() < whole) {
            const int count = SSL_read(m_ssl, buffer.data(), buffer.size());
            if (count <= 0) {
                m_isOpen = false;
                return false;
            }
            answer.append(buffer.data(), count);
            const qsizetype headEnd = answer.indexOf("\r\n\r\n");
            if (whole < 0 && headEnd >= 0) {
                const QByteArray head = answer.first(headEnd).toLower();
                const qsizetype at = head.indexOf("content-length:");
                whole =
                    headEnd + 4 + (at < 0 ? 0 : head.sliced(at + 15).split('\r').first().trimmed().toInt());
            }
        }
        return answer.startsWith("HTTP/1.1 200");
    }

private:
    int m_socket;
    SSL *m_ssl = nullptr;
    bool m_isOpen = false;
};

Context makeContext()
{
    Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    return context;
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

TlsLoadResult runTlsLoad(const TlsLoadPlan &plan)
{
    const Context context = makeContext();
    std::atomic<std::uint64_t> requests = 0;
    std::atomic<std::uint64_t> failures = 0;
    const double cpuBefore = cpuSeconds();
    const auto begun = Clock::now();
    const auto end = begun + std::chrono::duration<double>(plan.seconds);
    std::vector<std::jthread> threads;
    for (int i = 0; i < plan.connections; ++i) {
        threads.emplace_back([&] {
            std::unique_ptr<Tunnel> tunnel;
            while (Clock::now() < end) {
                if (tunnel == nullptr || !tunnel->isOpen() || plan.pace == TlsPace::NewEach) {
                    tunnel = std::make_unique<Tunnel>(context.get(), plan);
                }
                const bool isAnswered = tunnel->isOpen() && tunnel->call(plan.request);
                ++(isAnswered ? requests : failures);
            }
        });
    }
    threads.clear();
    return {requests, failures, std::chrono::duration<double>(Clock::now() - begun).count(),
            cpuSeconds() - cpuBefore};
}

double firstAnswerMs(const TlsLoadPlan &plan)
{
    const Context context = makeContext();
    const auto begun = Clock::now();
    Tunnel tunnel(context.get(), plan);
    if (!tunnel.isOpen() || !tunnel.call(plan.request)) {
        return -1;
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}
