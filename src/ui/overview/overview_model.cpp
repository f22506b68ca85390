// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overview_model.h"

#include "ui/text/figures.h"

#include <cmath>
#include <numeric>

namespace wg::ui {

namespace {

constexpr double kMarkBuckets = 2; ///< a mark this near the crosshair is named in its tooltip
constexpr int kP95Series = 1, kP99Series = 6, kNewSeries = 4, kDroppedSeries = 6;
constexpr qsizetype kReadingRows = 6;

QString wholeText(double value) { return countText(static_cast<std::uint64_t>(std::llround(std::max(0.0, value)))); }

QString latencyOf(float ms) { return latencyText(std::isnan(ms) ? -1 : ms); }

double sumOf(const std::vector<float>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0, [](double sum, float value) { return std::isnan(value) ? sum : sum + value; });
}

float at(const std::vector<float>& values, std::size_t bucket)
{
    return bucket < values.size() ? values[bucket] : std::numeric_limits<float>::quiet_NaN();
}

} // namespace

OverviewModel::OverviewModel(QObject* parent) : QObject(parent), m_tiles(makeKpiTiles(this))
{
    for (const char* title : {QT_TR_NOOP("CPU"), QT_TR_NOOP("Memory"), QT_TR_NOOP("File descriptors"), QT_TR_NOOP("Network in")})
        m_own.push_back(new OwnFigure(tr(title), this));
    m_turn.setInterval(FrameClock::kClosestMs);
    connect(&m_turn, &QTimer::timeout, this, &OverviewModel::feedNext);
}

void OverviewModel::setSession(Session* session)
{
    if (session == m_session)
        return;
    m_session = session;
    connect(session, &Session::published, this, &OverviewModel::readPublication);
    connect(session, &Session::seriesPublished, this, &OverviewModel::readSeries);
    connect(session->shell(), &ShellModel::pausedChanged, this, &OverviewModel::readSeries);
    connect(session->shell(), &ShellModel::pausedChanged, this, &OverviewModel::pausedChanged);
    connect(session->shell(), &ShellModel::rangeChanged, this, &OverviewModel::rangeChanged);
    emit sessionChanged();
    emit pausedChanged();
    emit rangeChanged();
    readPublication();
    readSeries();
}

void OverviewModel::setActive(bool isActive)
{
    if (isActive == m_isActive)
        return;
    m_isActive = isActive;
    emit activeChanged();
    if (m_isActive && m_session) {
        m_tilesSecond = -1;
        readPublication();
        readSeries();
    }
}

QString OverviewModel::loadingText() const
{
    return m_session ? tr("Reading %1").arg(m_session->shell()->rangeName().toLower()) : QString();
}

QVariantList OverviewModel::tiles() const
{
    QVariantList list;
    for (KpiTile* tile : m_tiles)
        list.append(QVariant::fromValue(tile));
    return list;
}

QVariantList OverviewModel::ownFigures() const
{
    QVariantList list;
    for (OwnFigure* figure : m_own)
        list.append(QVariant::fromValue(figure));
    return list;
}

void OverviewModel::readPublication()
{
    const auto& publication = m_session->publication();
    const bool hasWatches = !publication.watches.empty();
    if (hasWatches != m_hasWatches) {
        m_hasWatches = hasWatches;
        emit watchesChanged();
    }
    if (!m_isActive)
        return;
    m_connections.read(publication);
    const auto second = static_cast<std::int64_t>(publication.wallNow / 1000);
    if (second != m_tilesSecond && !m_session->shell()->isPaused()) {
        m_tilesSecond = second;
        fillKpiTiles(m_tiles, publication, m_session->series(), m_session->shell()->rangeName());
    }
}

void OverviewModel::readSeries()
{
    const auto& latest = m_session->series();
    if (!m_isActive || m_session->shell()->isPaused() || !latest || latest == m_series)
        return;
    m_series = latest;
    emit seriesChanged();
    m_nextFeed = 0;
    m_turn.start();
}

void OverviewModel::feedNext()
{
    const auto& frame = *m_series;
    switch (m_nextFeed++) {
    case 0:
        m_latencyPicture = m_feeds.latency(frame);
        m_latencyLegend = {legendEntry(tr("p50"), latencyOf(newest(frame.p50)), 0, "line"),
                           legendEntry(tr("p95"), latencyOf(newest(frame.p95)), kP95Series, "line"),
                           legendEntry(tr("p99"), latencyOf(newest(frame.p99)), kP99Series, "dash")};
        emit latencyFed();
        break;
    case 1:
        m_ratesPicture = m_feeds.rates(frame, m_legendWidth);
        m_ratesLegend = m_feeds.rateLegend();
        emit ratesFed();
        break;
    case 2: {
        m_connectionsPicture = m_feeds.connections(frame);
        const float active = newest(frame.active);
        m_connectionsLegend = {legendEntry(tr("Active"), std::isnan(active) ? kMissing.toString() : wholeText(active), 0, "line"),
                               legendEntry(tr("New"), wholeText(sumOf(frame.opened)), kNewSeries, "up"),
                               legendEntry(tr("Dropped"), wholeText(sumOf(frame.dropped)), kDroppedSeries, "down")};
        emit connectionsFed();
        break;
    }
    case 3: {
        m_sizesPicture = m_feeds.sizes(frame, m_session->publication().wallNow);
        const auto total = std::accumulate(frame.sizeBins.begin(), frame.sizeBins.end(), std::uint64_t{0});
        m_sizesLegend = {legendEntry(tr("Messages"), axisText(static_cast<double>(total)), 0, "square"),
                         legendEntry(tr("largest"), frame.sizeMax > 0 ? sizeText(static_cast<std::uint64_t>(frame.sizeMax)) : kMissing.toString(), 0, "none")};
        emit sizesFed();
        break;
    }
    case 4:
        m_lanesPicture = m_feeds.lanes(frame);
        emit lanesFed();
        break;
    default:
        feedOwn();
        m_turn.stop();
    }
}

void OverviewModel::feedOwn()
{
    const auto& frame = m_series;
    const auto shared = [&](const std::vector<float>& values) { return Samples{std::shared_ptr<const std::vector<float>>(frame, &values)}; };
    const auto number = [](float value, int digits) { return std::isnan(value) ? kMissing.toString() : QString::number(value, 'f', digits); };
    m_own[0]->value = number(newest(frame->ownCpu), 1) + QStringLiteral(" %");
    m_own[0]->rest = tr("of one core");
    m_own[0]->samples = shared(frame->ownCpu);
    m_own[1]->value = number(newest(frame->ownRssMb), 0);
    m_own[1]->rest = tr("MB");
    m_own[1]->samples = shared(frame->ownRssMb);
    m_own[2]->value = number(newest(frame->ownFds), 0);
    m_own[2]->rest = tr("open");
    m_own[2]->samples = shared(frame->ownFds);
    m_own[3]->value = number(newest(frame->ownNetInMBs), 2);
    m_own[3]->rest = tr("MB/s");
    m_own[3]->samples = shared(frame->ownNetInMBs);
    for (OwnFigure* figure : m_own)
        emit figure->changed();
}

std::optional<std::size_t> OverviewModel::bucketAt(double wall) const
{
    if (!m_series || m_series->count == 0 || wall < m_series->beginWall)
        return std::nullopt;
    return std::min(m_series->count - 1, static_cast<std::size_t>((wall - m_series->beginWall) / 1000 / m_series->stepS));
}

QVariantMap OverviewModel::readingAt(int chart, double wall)
{
    const auto bucket = bucketAt(wall);
    if (!bucket)
        return {};
    QString note;
    for (const auto& mark : m_series->annotations)
        if (mark.kind != sync::MarkerKind::Resynced && std::abs(mark.atWall - wall) <= kMarkBuckets * m_series->stepS * 1000)
            note = tr("gap %1").arg(visible(mark.connection));
    const QVariantList rows = chart == LatencyChart ? latencyAt(*bucket) : chart == RatesChart ? ratesAt(*bucket) : connectionsAt(*bucket);
    return {{QStringLiteral("clock"), clockSecondsText(wall)}, {QStringLiteral("note"), note}, {QStringLiteral("rows"), rows}};
}

QVariantList OverviewModel::latencyAt(std::size_t bucket) const
{
    const auto row = [&](const char* name, const std::vector<float>& values, int series, const char* shape) {
        const float value = at(values, bucket);
        return legendEntry(QLatin1String(name), std::isnan(value) ? kMissing.toString() : latencyText(value) + QStringLiteral(" ms"), series, shape);
    };
    return {row("p99", m_series->p99, kP99Series, "dash"), row("p95", m_series->p95, kP95Series, "line"), row("p50", m_series->p50, 0, "line")};
}

QVariantList OverviewModel::ratesAt(std::size_t bucket)
{
    std::vector<std::pair<float, const engine::SeriesFrame::PerWatch*>> present;
    for (const auto& watch : m_series->rates)
        if (const float rate = at(watch.rate, bucket); !std::isnan(rate))
            present.emplace_back(rate, &watch);
    std::stable_sort(present.begin(), present.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QVariantList rows;
    double rest = 0;
    for (const auto& [rate, watch] : present) {
        if (rows.size() < kReadingRows)
            rows.append(legendEntry(visible(watch->name), rateText(rate), m_feeds.seriesOf(watch->name), "square"));
        else
            rest += rate;
    }
    if (present.size() > static_cast<std::size_t>(kReadingRows))
        rows.append(legendEntry(tr("%1 more").arg(present.size() - static_cast<std::size_t>(kReadingRows)), rateText(rest), kSlate, "square"));
    return rows;
}

QVariantList OverviewModel::connectionsAt(std::size_t bucket) const
{
    const auto row = [&](const QString& name, const std::vector<float>& values, int series, const char* shape) {
        const float value = at(values, bucket);
        return legendEntry(name, std::isnan(value) ? kMissing.toString() : wholeText(value), series, shape);
    };
    return {row(tr("Active"), m_series->active, 0, "line"), row(tr("New"), m_series->opened, kNewSeries, "up"),
            row(tr("Dropped"), m_series->dropped, kDroppedSeries, "down")};
}

void OverviewModel::retry(int watchId) { m_session->engine().post(engine::RetryWatch{static_cast<engine::WatchId>(watchId)}); }

void OverviewModel::resync(int watchId) { m_session->engine().post(engine::ResyncWatch{static_cast<engine::WatchId>(watchId)}); }

} // namespace wg::ui
