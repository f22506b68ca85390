// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fold_patches.h"

#include "codec/merge_patch.h"

namespace wg::engine {

bool foldPatches(std::string_view base, const std::vector<sync::PatchView>& patches, std::string& out)
{
    thread_local codec::MergePatch merge; // its tables are reused: one fold is under way on a thread at a time
    merge.clear();
    for (const sync::PatchView& patch : patches)
        if (patch.op != sync::Op::Patch || !merge.add(patch.bytes))
            return false;
    return merge.applyTo(base, out);
}

} // namespace wg::engine
