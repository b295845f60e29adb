// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/trackside/guiservices.h"
#include "tests/support/cliprocess.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/stream/streampage.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/jsonview.h"

#include <QApplication>
#include <QLabel>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace tests {

/// The desktop application as main() builds it: settings, engine, window. Its files outlive it, so a second
/// one continues where it ended.
class Program
{
public:
    Program(ui::Theme &theme, const QString &folder, const QString &listen = QStringLiteral(":0"))
    {
        auto preferences = engine::Preferences::open(folder + QStringLiteral("/config"));
        if (!preferences) {
            qFatal("%s", qPrintable(preferences.error().oneLine()));
        }
        const QString samples = QStringLiteral(TRACKSIDE_SOURCE_DIR "/resources/samples/");
        trackside::GuiServices::Options options;
        options.storePath = folder + QStringLiteral("/events.trackside");
        options.listen = listen;
        options.plans = {samples + QStringLiteral("delivery-platform.plan.json"),
                         samples + QStringLiteral("marketplace.plan.json")};
        options.conventions = QStringLiteral("delivery-platform");
        m_plans = options.plans;
        m_services = std::make_unique<trackside::GuiServices>(std::move(*preferences), std::move(options));
        m_window = std::make_unique<ui::MainWindow>(*m_services, theme);
        m_window->show();
        m_services->start();
    }

    ~Program()
    {
        m_window->close();
        m_window.reset();
        m_services.reset();
    }

    /// Engine built, plans read, and where it listens known or refused.
    [[nodiscard]] bool isUp() const
    {
        const auto state = m_services->captureState();
        const auto checker = m_services->checker();
        return (state.isListening || !state.problem.what.isEmpty()) && checker != nullptr &&
               checker->plans().plans().size() == 2;
    }

    [[nodiscard]] trackside::GuiServices &services() const { return *m_services; }
    [[nodiscard]] ui::MainWindow &window() const { return *m_window; }
    [[nodiscard]] ui::StreamModel &model() const { return m_window->stream().model(); }
    [[nodiscard]] ui::StreamTable &table() const { return m_window->stream().table(); }
    [[nodiscard]] ui::Inspector &inspector() const { return m_window->stream().inspector(); }
    [[nodiscard]] const QStringList &plans() const { return m_plans; }

    [[nodiscard]] quint16 port() const
    {
        const auto state = m_services->captureState();
        return state.addresses.empty() ? quint16{0} : state.addresses.front().port;
    }

    [[nodiscard]] QString cell(int row, int column) const
    {
        return model().index(row, column).data().toString();
    }
    [[nodiscard]] QStringList column(int column) const
    {
        QStringList texts;
        for (int row = 0; row < model().rowCount(); ++row) {
            texts += cell(row, column);
        }
        return texts;
    }
    [[nodiscard]] event::EventState state(int row) const { return model().rowAt(row).state; }

    /// To whatever has the focus, as a keyboard does; a dialog on top has it.
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(focus(), static_cast<Qt::Key>(key), modifiers);
    }
    void type(const QString &text) const { QTest::keyClicks(focus(), text); }

    [[nodiscard]] QWidget *focus() const
    {
        QWidget *focus = QApplication::focusWidget();
        return focus != nullptr ? focus : m_window.get();
    }

    /// Every text on a widget, one a line, without the places to break.
    [[nodiscard]] static QString textsOf(const QWidget &widget)
    {
        QStringList texts;
        for (const auto *label : widget.findChildren<QLabel *>()) {
            texts += label->text().remove(QChar(0x200b));
        }
        for (const auto *text : widget.findChildren<ui::JsonTextEdit *>()) {
            texts += text->toPlainText();
        }
        return texts.join(u'\n');
    }

private:
    std::unique_ptr<trackside::GuiServices> m_services;
    std::unique_ptr<ui::MainWindow> m_window;
    QStringList m_plans;
};

/// A Segment workspace of this test's own: takes requests, says success.
class Workspace final : public QTcpServer
{
public:
    struct Request
    {
        QByteArray head, body;

        [[nodiscard]] QByteArray header(const QByteArray &name) const
        {
            for (const QByteArray &line : head.split('\n')) {
                if (line.toLower().startsWith(name.toLower() + ':')) {
                    return line.mid(name.size() + 1).trimmed();
                }
            }
            return {};
        }
    };

    Workspace()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        listen(QHostAddress::LocalHost);
    }

    std::vector<Request> requests;

    /// As the settings would hold it.
    [[nodiscard]] deliver::DestinationConfig config(const QString &name) const
    {
        deliver::DestinationConfig config;
        config.name = name;
        config.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort()));
        config.writeKey = QStringLiteral("FAKE_STAGING_KEY_0000");
        return config;
    }

private:
    void read(QTcpSocket &socket)
    {
        QByteArray &bytes = m_bytes[&socket];
        bytes += socket.readAll();
        while (true) {
            const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
            if (headEnd < 0) {
                return;
            }
            Request request{bytes.first(headEnd), {}};
            const qsizetype length = request.header("Content-Length").toLongLong();
            if (bytes.size() < headEnd + 4 + length) {
                return;
            }
            request.body = bytes.mid(headEnd + 4, length);
            bytes.remove(0, headEnd + 4 + length);
            requests.push_back(std::move(request));
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n"
                         "{\"success\": true}");
        }
    }

    QHash<QTcpSocket *, QByteArray> m_bytes;
};

/// One call as a Node server makes it; its status, 0 when there was no answer.
inline int postTrack(quint16 port, const QByteArray &body)
{
    const QByteArray request =
        "POST /v1/track HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "User-Agent: curl/8.5.0\r\n"
        "Authorization: Basic " +
        QByteArray("FAKE_TRACKER_KEY_0000:").toBase64() +
        "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    return support::statusOf(support::converse(port, request, 1));
}

/// A track call of the Tracker UI; `properties` stands in it as given.
inline QByteArray trackerEvent(const QByteArray &messageId, const QByteArray &properties,
                               const QByteArray &event = "Order Loaded")
{
    return R"({"type":"track","event":")" + event + R"(","messageId":")" + messageId +
           R"(","userId":"user_7","context":{"app":{"name":"Tracker UI"},"library":{"name":"curl","version":"8"}},)"
           R"("properties":)" +
           properties + '}';
}

} // namespace tests
