// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.h"

#include "base/prng.h"
#include "history.h"

#include <sstream>

namespace wg::sim
{

namespace
{

using sync::Order;

constexpr double kFaultDrawn = 0.3; ///< each fault is part of a plan this often

void draw(Prng& prng, double& rate, double low, double high)
{
    if (prng.chance(kFaultDrawn))
        rate = low + prng.unit() * (high - low);
}

void drawLine(Prng& prng, Faults& faults, bool isDetectable)
{
    draw(prng, faults.duplicate, 0.01, 0.2);
    draw(prng, faults.corrupt, 0.005, 0.08);
    if (!isDetectable)
        return;
    draw(prng, faults.drop, 0.005, 0.1);
    draw(prng, faults.reorder, 0.005, 0.08);
}

void drawServer(Prng& prng, const Plan& plan, Faults& faults)
{
    draw(prng, faults.broken, 0.005, 0.05);
    draw(prng, faults.badPatch, 0.005, 0.05);
    if (plan.config.order != Order::Opaque)
        draw(prng, faults.earlyBookmark, 0.005, 0.05);
    draw(prng, faults.silentConnect, 0.05, 0.5);
    draw(prng, faults.refused, 0.05, 0.6);
    draw(prng, faults.rateLimited, 0.05, 0.4);
    draw(prng, faults.endsAtOnce, 0.05, 0.6);
    if (plan.tellsProof && plan.config.replay)
        draw(prng, faults.otherStart, 0.05, 0.4);
    if (plan.config.replay)
        draw(prng, faults.tooOld, 0.1, 1.0);
    draw(prng, faults.snapshotFails, 0.05, 0.6);
    draw(prng, faults.snapshotSilent, 0.05, 0.4);
    draw(prng, faults.snapshotStalls, 0.05, 0.4);
    const bool isJointProvable = plan.config.replay || plan.config.order != Order::Opaque;
    if (isJointProvable)
        draw(prng, faults.snapshotStale, 0.05, 0.6);
}

void drawTime(Prng& prng, const Plan& plan, Faults& faults)
{
    draw(prng, faults.cut, 3, 40);
    draw(prng, faults.halfOpen, 20, 80);
    if (plan.config.maxBookmarkAge > Duration::zero())
        draw(prng, faults.zombie, 20, 80);
    draw(prng, faults.authExpires, 15, 60);
    draw(prng, faults.restart, 20, 80);
    draw(prng, faults.newEpoch, 20, 80);
    if (plan.config.order != Order::Opaque)
        draw(prng, faults.epochInStream, 30, 80);
    draw(prng, faults.compact, 10, 60);
    if (plan.config.hasSnapshot && plan.config.order != Order::Opaque) {
        draw(prng, faults.lag, 20, 80);
        draw(prng, faults.truncate, 40, 120);
    }
    draw(prng, faults.suspend, 40, 120);
    draw(prng, faults.person, 10, 60);
    draw(prng, faults.kill, 20, 80);
    draw(prng, faults.outage, 30, 80);
    faults.isLate = prng.chance(0.5);
}

} // namespace

Plan Plan::from(std::uint64_t seed)
{
    Prng prng(Prng(seed).next());
    Plan plan;
    plan.seed = seed;
    constexpr Order kOrders[] = {Order::Chain, Order::Chain, Order::Dense, Order::Range, Order::Sparse, Order::Opaque};
    plan.config.order = kOrders[prng.below(6)];
    plan.config.replay = prng.chance(0.65);
    plan.config.hasSnapshot = prng.chance(0.85);
    plan.config.onGap = prng.chance(0.4) ? sync::OnGap::ResumeOnceThenSnapshot : sync::OnGap::Snapshot;
    plan.config.fold = foldModelPatches;
    plan.config.seed = prng.next();
    plan.config.readDeadline = fromSeconds(25);
    if (prng.chance(0.3))
        plan.config.maxBookmarkAge = fromSeconds(45);
    if (prng.chance(0.3))
        plan.config.bufferEvents = 2 + prng.below(12);
    const bool isDetectable =
        plan.config.order == Order::Chain || plan.config.order == Order::Dense || plan.config.order == Order::Range;
    plan.tellsEpoch = prng.chance(0.5);
    plan.tellsProof = !isDetectable || !plan.config.hasSnapshot || prng.chance(0.5);
    plan.tellsTooOld = plan.config.order == Order::Opaque && !plan.config.hasSnapshot ? false : prng.chance(0.7);
    if (!plan.tellsProof && plan.config.order != Order::Chain)
        plan.tellsTooOld = true;
    plan.writeEveryS = 0.1 + prng.unit() * 3;
    plan.latencyMs = 1 + prng.unit() * (prng.chance(0.2) ? 2000 : 80);
    plan.chaosS = 60 + prng.unit() * (prng.chance(0.2) ? 900 : 200);
    drawLine(prng, plan.faults, isDetectable);
    drawServer(prng, plan, plan.faults);
    drawTime(prng, plan, plan.faults);
    // Stream first, a former epoch looks the same where nothing tells it: in a cache, on a line that nobody closed.
    const bool isEpochNeeded =
        !plan.config.replay && (plan.faults.snapshotStale > 0 || plan.faults.halfOpen > 0 || plan.faults.zombie > 0);
    plan.tellsEpoch = plan.tellsEpoch || isEpochNeeded;
    return plan;
}

std::string Plan::summary() const
{
    std::ostringstream text;
    text << "order " << toString(config.order) << (config.hasSnapshot ? "" : ", no snapshot")
         << (config.replay ? ", replay" : "") << (config.onGap == sync::OnGap::Snapshot ? "" : ", resume once")
         << (tellsEpoch ? ", tells epoch" : "") << (tellsProof ? ", tells proof" : "") << (tellsTooOld ? ", 410" : "")
         << ", buffer " << config.bufferEvents << ", a write every " << writeEveryS << " s, latency " << latencyMs
         << " ms;";
    const Faults& f = faults;
    const std::pair<const char*, double> rates[] = {{"drop", f.drop},
                                                    {"duplicate", f.duplicate},
                                                    {"reorder", f.reorder},
                                                    {"corrupt", f.corrupt},
                                                    {"broken", f.broken},
                                                    {"badPatch", f.badPatch},
                                                    {"earlyBookmark", f.earlyBookmark},
                                                    {"silentConnect", f.silentConnect},
                                                    {"refused", f.refused},
                                                    {"rateLimited", f.rateLimited},
                                                    {"endsAtOnce", f.endsAtOnce},
                                                    {"otherStart", f.otherStart},
                                                    {"tooOld", f.tooOld},
                                                    {"snapshotFails", f.snapshotFails},
                                                    {"snapshotSilent", f.snapshotSilent},
                                                    {"snapshotStalls", f.snapshotStalls},
                                                    {"snapshotStale", f.snapshotStale},
                                                    {"cut", f.cut},
                                                    {"halfOpen", f.halfOpen},
                                                    {"zombie", f.zombie},
                                                    {"authExpires", f.authExpires},
                                                    {"restart", f.restart},
                                                    {"newEpoch", f.newEpoch},
                                                    {"epochInStream", f.epochInStream},
                                                    {"lag", f.lag},
                                                    {"truncate", f.truncate},
                                                    {"compact", f.compact},
                                                    {"suspend", f.suspend},
                                                    {"person", f.person},
                                                    {"kill", f.kill},
                                                    {"outage", f.outage}};
    for (const auto& [name, rate] : rates)
        if (rate > 0)
            text << ' ' << name << '=' << rate;
    if (f.isLate)
        text << " late";
    return text.str();
}

} // namespace wg::sim
