// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets_door.h"

namespace wg::app {

using ui::SecretPlace;
using ui::SecretPresence;

namespace {

/// Locked, or not there at all: in both cases tokens stay in memory, but only the first can be helped.
SecretPlace placeOf(const Error& error) { return io::saysAbsent(error) ? SecretPlace::Memory : SecretPlace::Locked; }

} // namespace

void SecretsDoor::write(std::string name, Secret secret, std::function<void(Result<SecretPlace>)> written)
{
    m_vault.write(name, std::move(secret), [written = std::move(written)](const Result<io::Kept>& kept) {
        if (!kept)
            written(kept.error());
        else
            written(kept.value().isInKeychain ? SecretPlace::Keychain : SecretPlace::Memory);
    });
}

void SecretsDoor::look(std::string name, std::function<void(Result<SecretPresence>)> found)
{
    m_vault.read(name, false, [found = std::move(found)](const Result<Secret>& secret) {
        if (secret)
            found(SecretPresence{true, SecretPlace::Keychain});
        else if (secret.error().code == ErrorCode::NotFound)
            found(SecretPresence{false, SecretPlace::Keychain});
        else
            found(SecretPresence{false, placeOf(secret.error())});
    });
}

void SecretsDoor::remove(std::string name, std::function<void(Result<void>)> removed) { m_vault.erase(name, std::move(removed)); }

} // namespace wg::app
