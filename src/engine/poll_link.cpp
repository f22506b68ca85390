// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/poll_link.h"

#include "codec/http_field.h"

namespace wg::engine {

namespace {
constexpr Duration kAnswerSlack = std::chrono::seconds(10);
constexpr Duration kFirstByte = std::chrono::seconds(30);
constexpr Duration kProgress = std::chrono::seconds(15);
constexpr Duration kQuick = std::chrono::seconds(1);
constexpr int kOk = 200, kNoContent = 204, kNotModified = 304, kRequestTimeout = 408;
} // namespace

PollLink::PollLink(WatchHost& host, LinkSink& sink, const Rhythm& rhythm, sync::FoldPatches fold)
    : m_host(host), m_sink(&sink), m_rhythm(rhythm), m_fold(fold), m_call(host, *this)
{
}

void PollLink::start(Instant now) { ask(now); }

void PollLink::drop(Instant)
{
    m_sink = nullptr;
    m_askAt.reset();
    m_progressBy.reset();
    m_call.cancel();
}

void PollLink::ask(Instant now)
{
    m_askAt.reset();
    m_isHeld = m_rhythm.isLongPoll && m_hasAnswer;
    const Duration hold = m_isHeld ? m_rhythm.hold : Duration::zero();
    m_progressBy.reset();
    if (!m_rhythm.isLongPoll)
        m_progressBy = now + kFirstByte;
    m_call.begin(m_sink->nextRequest(m_hasAnswer), now, m_rhythm.isLongPoll ? hold + kAnswerSlack : Duration::zero(),
                 limits::kEventBytes);
}

void PollLink::tick(Instant now)
{
    if (!m_sink)
        return;
    if (m_askAt && now >= *m_askAt)
        return ask(now);
    if (m_progressBy && now >= *m_progressBy && m_call.isRunning()) {
        m_call.cancel();
        return fail({ErrorCode::Timeout, "The snapshot did not get on in time.", {}}, now);
    }
    m_call.tick(now);
}

std::optional<Instant> PollLink::nextDeadline() const
{
    if (!m_sink)
        return {};
    std::optional<Instant> out = m_askAt;
    for (const auto& other : {m_progressBy, m_call.nextDeadline()})
        if (other && m_call.isRunning() && (!out || *other < *out))
            out = other;
    return out;
}

bool PollLink::callHead(HttpCall& call, const HttpHead& head, Instant now)
{
    if (!m_sink)
        return false;
    m_sink->linkBytes(0, now);
    if (m_rhythm.isLongPoll || head.status != kOk ||
        !protocol::isExpectedType(protocol::Where::Snapshot, call.header("content-type")))
        return false;
    m_reader = std::make_unique<dialect::SnapshotReader>(m_fold);
    m_progressBy = now + kProgress;
    return true;
}

void PollLink::callBytes(HttpCall& call, std::string_view bytes, Instant now)
{
    if (!m_sink)
        return;
    m_sink->linkBytes(bytes.size(), now);
    m_progressBy = now + kProgress;
    if (!m_reader->feed(bytes, now)) {
        call.cancel();
        fail({m_reader->error().code, "The snapshot cannot be used: " + m_reader->error().what + ".", {}}, now);
    }
}

void PollLink::fail(const Error& error, Instant now)
{
    if (LinkSink* sink = std::exchange(m_sink, nullptr))
        sink->linkEnded({error, 0, {}, false}, now);
}

void PollLink::refuse(Instant now)
{
    if (LinkSink* sink = std::exchange(m_sink, nullptr))
        sink->linkRefused(m_rhythm.isLongPoll ? protocol::Where::LongPoll : protocol::Where::Snapshot,
                          responseHead(m_call.head()), m_call.body().substr(0, limits::kErrorBodyBytes), {}, now);
}

void PollLink::callDone(HttpCall& call, const Error& error, Instant now)
{
    m_progressBy.reset();
    if (!m_sink)
        return;
    if (error.code != ErrorCode::None)
        return fail(error, now);
    const int status = call.head().status;
    // 204, 304 and (by Nchan) 408 end a held request without news.
    const bool isNoNews = status == kNotModified ||
                          (m_rhythm.isLongPoll && (status == kNoContent || (status == kRequestTimeout && m_rhythm.mayAnswerAtOnce)));
    if (isNoNews) {
        m_sink->linkBytes(call.body().size(), now);
        m_hasAnswer = true;
        m_sink->linkUnchanged(now);
        return again(now, false);
    }
    const auto where = m_rhythm.isLongPoll ? protocol::Where::LongPoll : protocol::Where::Snapshot;
    // A generic source may answer with text of any type; a page for people is not one of its messages.
    const bool isPage = codec::mediaTypeEssence(call.header("content-type")) == "text/html";
    const bool hasType = m_rhythm.mayAnswerAtOnce ? !isPage : protocol::isExpectedType(where, call.header("content-type"));
    if (status != kOk || !hasType)
        return refuse(now);
    answered(now);
}

void PollLink::answered(Instant now)
{
    m_hasAnswer = true;
    if (m_rhythm.isLongPoll) {
        m_sink->linkBytes(m_call.body().size(), now);
        const bool hadNews = m_sink->linkAnswered(m_call.head(), m_call.body(), now);
        return again(now, hadNews);
    }
    auto snapshot = m_reader->finish();
    m_reader.reset();
    if (!snapshot)
        return fail({snapshot.error().code, "The snapshot cannot be used: " + snapshot.error().what + ".", {}}, now);
    m_sink->linkPolled(std::move(snapshot).value(), now);
    again(now, true);
}

bool PollLink::hasValidator() const { return !m_call.header("etag").empty() || !m_call.header("last-modified").empty(); }

void PollLink::again(Instant now, bool hadNews)
{
    if (!m_sink)
        return;
    m_askAt = now;
    if (!m_rhythm.isLongPoll) {
        m_askAt = now + m_rhythm.interval;
    } else if (now - m_call.begunAt() < kQuick) {
        if (m_rhythm.mayAnswerAtOnce && (!hadNews || !hasValidator()))
            m_askAt = now + m_rhythm.interval;
        else if (!m_rhythm.mayAnswerAtOnce && !hadNews && m_isHeld && m_rhythm.hold > 2 * kQuick)
            fail({ErrorCode::Unavailable, "An empty answer came at once although the request was to be held.", {}}, now);
    }
}

} // namespace wg::engine
