// SPDX-License-Identifier: GPL-3.0-or-later
// state: keeps the replica and prints it at the end as one JSON object, however the run ended.
#include "ctl/commands.h"
#include "ctl/standard_streams.h"
#include "ctl/watch_run.h"

#include "engine/state_report.h"

namespace wg::ctl {
namespace {

std::string reportOf(WatchRun& run, engine::WatchId id)
{
    const std::optional<engine::StateReport> report = run.engine().report(id);
    return report ? engine::toJson(*report) : std::string("null");
}

} // namespace

int runState(const Options& options)
{
    Result<WatchPlan> plan = planWatch(options);
    if (!plan)
        return refuse(plan.error(), "state");
    const bool isManifold = options.has("--resource");
    WatchRun run(std::move(plan).value());
    const int code = run.run();
    LineWriter out;
    if (!isManifold && !run.watches().empty()) {
        out.line(reportOf(run, run.watches().front()));
    } else {
        std::string text = "{\"resources\":{";
        for (const engine::WatchId id : run.watches()) {
            if (text.back() != '{')
                text += ',';
            text += asJsonString(run.resourceOf(id)) + ":" + reportOf(run, id);
        }
        out.line(text + "}}");
    }
    out.flush();
    return code;
}

} // namespace wg::ctl
