// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/kpi_tile.h"

#include "ui/text/figures.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace wg::ui {

namespace {

enum Tile : std::size_t { Connections, Rate, Latency, Handshakes, Gaps, Errors };
constexpr double kHandshakeFloor = 0.95; ///< below this share of successes the tile warns

QString tr(const char* text) { return QCoreApplication::translate("KpiTile", text); }

QString wholeText(double value) { return countText(static_cast<std::uint64_t>(std::llround(std::max(0.0, value)))); }

void fillConnections(KpiTile& tile, const engine::Publication& publication)
{
    unsigned retrying = 0, failed = 0, signIn = 0, closed = 0, connecting = 0;
    for (const auto& row : publication.watches) {
        retrying += row.state == engine::ViewState::Retrying;
        failed += row.state == engine::ViewState::Failed;
        signIn += row.state == engine::ViewState::SignIn;
        closed += row.state == engine::ViewState::Closed || row.state == engine::ViewState::Paused;
        connecting += row.state == engine::ViewState::Connecting;
    }
    const auto all = publication.watches.size();
    tile.value = countText(all - retrying - failed - signIn - closed - connecting);
    tile.unit = QStringLiteral("/ ") + countText(all);
    QStringList notes;
    const auto add = [&](unsigned count, const char* words) {
        if (count > 0)
            notes << QString::number(count) + QLatin1Char(' ') + tr(words);
    };
    add(failed, "failed");
    add(signIn, "waiting for a sign-in");
    add(retrying, "retrying");
    add(connecting, "connecting");
    add(closed, "closed by you");
    tile.note = notes.isEmpty() ? tr("all connected") : notes.join(QStringLiteral(", "));
}

void fillRate(KpiTile& tile, const engine::Totals& totals, const QString& rangeName)
{
    tile.value = wholeText(totals.messagesPerS);
    tile.lead.clear();
    if (totals.messagesPerSBefore <= 0) {
        tile.note = tr("no earlier period yet");
        return;
    }
    const double change = (totals.messagesPerS / totals.messagesPerSBefore - 1) * 100;
    tile.lead = (change < 0 ? QStringLiteral("\u25bc ") : QStringLiteral("\u25b2 ")) + QString::number(std::abs(change), 'f', 1) + QStringLiteral(" %");
    QString period = rangeName;
    tile.note = tr("vs previous %1").arg(period.remove(QStringLiteral("Last ")));
}

void fillLatency(KpiTile& tile, const engine::Totals& totals)
{
    tile.value = latencyText(totals.p95Ms);
    tile.unit = totals.p95Ms < 0 ? QString() : tr("ms");
    tile.note = totals.p95Ms < 0 ? tr("no server times seen")
                                 : tr("p50 %1 ms, p99 %2 ms").arg(latencyText(totals.p50Ms), latencyText(totals.p99Ms));
}

void fillHandshakes(KpiTile& tile, const engine::Totals& totals)
{
    const auto all = totals.handshakesAll;
    const double share = all == 0 ? 1 : static_cast<double>(totals.handshakesOk) / static_cast<double>(all);
    tile.value = all == 0 ? kMissing.toString() : QString::number(share * 100, 'f', share < 1 ? 1 : 0);
    tile.unit = all == 0 ? QString() : QStringLiteral("%");
    const bool isLow = share < kHandshakeFloor;
    tile.severity = isLow ? QStringLiteral("warning") : QString();
    tile.lead = isLow ? tr("Warning") : QString();
    tile.note = all == 0 ? tr("none tried yet") : tr("%1 of %2 succeeded").arg(countText(totals.handshakesOk), countText(all));
}

} // namespace

std::vector<KpiTile*> makeKpiTiles(QObject* parent)
{
    const auto make = [&](const char* title, const char* hue, bool hasArea) {
        return new KpiTile(tr(title), QString::fromLatin1(hue), hasArea, parent);
    };
    return {make("Active connections", "", true), make("Messages/s", "", true),      make("p95 delivery latency", "", false),
            make("Handshake success", "", true),  make("Gaps & resyncs", "warn", false), make("Errors", "error", false)};
}

void fillKpiTiles(const std::vector<KpiTile*>& tiles, const engine::Publication& publication,
                  const std::shared_ptr<const engine::SeriesFrame>& series, const QString& rangeName)
{
    const auto& totals = publication.totals;
    fillConnections(*tiles[Connections], publication);
    fillRate(*tiles[Rate], totals, rangeName);
    fillLatency(*tiles[Latency], totals);
    fillHandshakes(*tiles[Handshakes], totals);
    tiles[Gaps]->value = countText(totals.gaps);
    tiles[Gaps]->unit = totals.gaps == 1 ? tr("gap") : tr("gaps");
    tiles[Gaps]->note = (totals.resyncs == 1 ? tr("%1 resync done") : tr("%1 resyncs done")).arg(countText(totals.resyncs))
        + (totals.resyncsRunning > 0 ? tr(", %1 running").arg(countText(totals.resyncsRunning)) : QString());
    tiles[Errors]->value = countText(totals.errorsHandshake + totals.errorsOther);
    tiles[Errors]->note = tr("%1 handshake, %2 other").arg(countText(totals.errorsHandshake), countText(totals.errorsOther));
    if (series) {
        const std::vector<float>* sources[] = {&series->active, &series->total, &series->p95, &series->handshakeRate, &series->gaps, &series->errors};
        for (std::size_t i = 0; i < tiles.size(); ++i)
            tiles[i]->samples = Samples{std::shared_ptr<const std::vector<float>>(series, sources[i])};
    }
    for (KpiTile* tile : tiles)
        emit tile->changed();
}

} // namespace wg::ui
