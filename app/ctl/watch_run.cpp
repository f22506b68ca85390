// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/watch_run.h"

#include "ctl/interrupt.h"
#include "ctl/standard_streams.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

#include <unistd.h>

namespace wg::ctl {
namespace {

constexpr Duration kProgressInterval = std::chrono::seconds(1);

bool isOver(const engine::WatchCondition& condition)
{
    return condition.state == engine::ViewState::Failed || condition.state == engine::ViewState::SignIn;
}

/// Nobody answered, or nobody that could be trusted.
bool isNoContact(const engine::WatchCondition& condition)
{
    return !condition.hasConnected
        && (condition.code == ErrorCode::ConnectFailed || condition.code == ErrorCode::TlsFailed || condition.code == ErrorCode::Timeout
            || condition.code == ErrorCode::ConnectionLost || condition.code == ErrorCode::None);
}

} // namespace

WatchRun::WatchRun(WatchPlan plan) : m_plan(std::move(plan)), m_tokens(std::move(m_plan.token), m_vault)
{
    engine::EngineOptions options;
    options.seed = QRandomGenerator::system()->generate64();
    options.publishes = false;
    m_driver = std::make_unique<io::EngineDriver>(m_tokens, options);
    m_isTerminal = ::isatty(STDERR_FILENO) == 1;
}

WatchRun::~WatchRun()
{
    engine().setObserver(nullptr); // the engine still speaks while it ends
}

std::string WatchRun::resourceOf(engine::WatchId id) const
{
    const auto at = std::find(m_watches.begin(), m_watches.end(), id);
    return at == m_watches.end() ? std::string() : m_plan.specs[static_cast<std::size_t>(at - m_watches.begin())].resource;
}

bool WatchRun::openLog()
{
    if (m_plan.logFile.empty())
        return true;
    if (m_plan.logFile == "-")
        return m_log.open(STDERR_FILENO, QIODevice::WriteOnly);
    m_log.setFileName(QString::fromStdString(m_plan.logFile));
    return m_log.open(QIODevice::WriteOnly | QIODevice::Append);
}

int WatchRun::run()
{
    if (!openLog())
        return refuse({ErrorCode::Io, "The log file " + m_plan.logFile + " cannot be written: " + m_log.errorString().toStdString() + ".", {}}, {});
    if (m_plan.specs.front().connection.tls.isInsecure)
        say("WARNING: --insecure: no certificate is checked. Anybody on the way can read and change what is sent, tokens too.");
    const Interrupt interrupt([this] { finish(kInterrupted); });
    m_begun = m_progressAt = clock().now();
    engine().setObserver(this);
    for (const engine::WatchSpec& spec : m_plan.specs) {
        m_driver->execute(engine::AddWatch{spec});
        m_watches.push_back(engine().lastAdded());
    }
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
    m_timer.start(kLookInterval);
    if (!m_code)
        QCoreApplication::exec();
    m_timer.stop();
    if (m_hasProgressLine)
        std::fputs("\r\033[K", stderr);
    return m_code.value_or(kFailed);
}

void WatchRun::finish(int code)
{
    if (m_code)
        return;
    m_code = code;
    QCoreApplication::quit();
}

void WatchRun::look()
{
    if (const std::optional<int> code = verdict())
        return finish(*code);
    if (m_isTerminal && clock().now() - m_progressAt >= kProgressInterval)
        showProgress();
}

bool WatchRun::isReached(const engine::WatchCondition& condition) const
{
    const EndRule& end = m_plan.end;
    if (end.untilVersion && !(condition.isLive && condition.cursor.version >= *end.untilVersion))
        return false;
    return !end.quietAfter || condition.isQuietFor(*end.quietAfter);
}

std::optional<int> WatchRun::verdict() const
{
    const engine::Engine& engine = m_driver->engine();
    bool isAllReached = m_plan.end.hasCondition();
    for (const engine::WatchId id : m_watches) {
        const std::optional<engine::WatchCondition> condition = engine.condition(id);
        if (!condition)
            return kFailed;
        if (isOver(*condition))
            return isNoContact(*condition) ? kNotConnected : kFailed;
        isAllReached = isAllReached && isReached(*condition);
    }
    if (isAllReached)
        return kDone;
    const Duration elapsed = clock().now() - m_begun;
    if (m_plan.end.maxTime && elapsed >= *m_plan.end.maxTime)
        return codeAtTimeUp();
    if (!m_plan.end.maxTime && !hasContact() && elapsed >= kFirstContact) {
        say("Nothing could be connected for " + std::to_string(static_cast<int>(toSeconds(kFirstContact))) + " s, so this ends here; --max-time waits longer.");
        return kNotConnected;
    }
    return {};
}

bool WatchRun::hasContact() const
{
    return std::any_of(m_watches.begin(), m_watches.end(), [this](engine::WatchId id) {
        const std::optional<engine::WatchCondition> condition = m_driver->engine().condition(id);
        return condition && !isNoContact(*condition);
    });
}

int WatchRun::codeAtTimeUp() const
{
    if (!hasContact()) {
        say("The time is up and nothing could be connected.");
        return kNotConnected;
    }
    if (!m_plan.end.hasCondition())
        return kDone;
    say("The time is up before the condition was met" + std::string(m_plan.end.quietAfter ? " (--quiet-after)." : " (--until-version)."));
    return kFailed;
}

void WatchRun::finishInTime()
{
    finish(hasContact() ? kDone : kNotConnected);
}

void WatchRun::tell(engine::WatchId id, const std::string& sentence)
{
    if (m_hasProgressLine)
        std::fputs("\r\033[K", stderr);
    m_hasProgressLine = false;
    const std::string resource = resourceOf(id);
    say(resource.empty() ? sentence : resource + ": " + sentence);
}

void WatchRun::watchMarker(engine::WatchId id, const sync::Marker& marker)
{
    const std::string kind(sync::toString(marker.kind));
    tell(id, timeOfDay(clock().wallNow()) + " marker " + kind + ": " + marker.why);
    logLine(id, "marker", kind, marker.why, {});
}

void WatchRun::watchChanged(engine::WatchId id, const engine::WatchCondition& condition)
{
    const std::string state(engine::toString(condition.state));
    std::string& lastTold = m_lastTold[id];
    if (const std::string told = state + condition.why + condition.next; told != std::exchange(lastTold, told))
        tell(id, condition.sentence());
    else
        return;
    logLine(id, "state", state, condition.why, condition.next);
}

void WatchRun::logLine(engine::WatchId id, std::string_view kind, std::string_view state, std::string_view what, std::string_view next)
{
    if (!m_log.isOpen())
        return;
    const std::string resource = resourceOf(id);
    std::string line = "{\"ts\":" + std::to_string(static_cast<std::int64_t>(clock().wallNow())) + ",\"watch\":" + std::to_string(id);
    if (!resource.empty())
        line += ",\"resource\":" + asJsonString(resource);
    line += ",\"kind\":" + asJsonString(kind) + ",\"name\":" + asJsonString(state) + ",\"why\":" + asJsonString(what);
    if (!next.empty())
        line += ",\"next\":" + asJsonString(next);
    line += "}\n";
    m_log.write(line.data(), static_cast<qint64>(line.size()));
    m_log.flush();
}

void WatchRun::showProgress()
{
    m_progressAt = clock().now();
    std::string line;
    for (const engine::WatchId id : m_watches)
        if (const std::optional<engine::WatchCondition> condition = m_driver->engine().condition(id))
            line += (line.empty() ? "" : "  ") + resourceOf(id) + " " + std::string(engine::toString(condition->state)) + " "
                + condition->cursor.version.toString();
    std::fprintf(stderr, "\r\033[K%s", line.substr(0, 120).c_str());
    m_hasProgressLine = true;
}

} // namespace wg::ctl
