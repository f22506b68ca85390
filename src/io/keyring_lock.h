// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the default keyring of the Secret Service is locked: libsecret answers a read from a locked keyring that
// nobody unlocks with "no such entry", so the lock must be asked for apart.
// Limits: kLockAnswerTime; no bus, no service or no answer counts as not locked.
// Thread: context's; the answer comes from its event loop.
#pragma once

#include <QObject>

#include <chrono>
#include <functional>

namespace wg::io {

inline constexpr std::chrono::milliseconds kLockAnswerTime{2000};

void askWhetherLocked(QObject& context, std::function<void(bool)> answer);

} // namespace wg::io
