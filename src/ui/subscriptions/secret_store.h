// SPDX-License-Identifier: GPL-3.0-or-later
// SecretStore: tokens by name, in the system's keychain. Declared here, joined to the vault by app.
// Errors: ErrorCode::Keychain with a sentence; NotFound where there is no such entry.
// Thread: called on the GUI thread; answers come on the GUI thread, never from inside the call, always exactly once.
// Never:  a stored token is not readable through this door, only written, looked for and removed.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <cstdint>
#include <functional>
#include <string>

namespace wg::ui {

/// Where a token lives (or would live) right now.
enum class SecretPlace : std::uint8_t {
    Keychain, ///< the system's keychain, unlocked
    Locked,   ///< there is a keychain and it is locked
    Memory,   ///< no keychain on this system: kept until quit, never in a file
};

struct SecretPresence {
    bool exists = false;
    SecretPlace place = SecretPlace::Keychain;
};

class SecretStore {
public:
    virtual ~SecretStore() = default;
    /// Answers with the place that took it.
    virtual void write(std::string name, Secret secret, std::function<void(Result<SecretPlace>)> written) = 0;
    virtual void look(std::string name, std::function<void(Result<SecretPresence>)> found) = 0;
    virtual void remove(std::string name, std::function<void(Result<void>)> removed) = 0;
};

} // namespace wg::ui
