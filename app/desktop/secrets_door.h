// SPDX-License-Identifier: GPL-3.0-or-later
// SecretsDoor: joins the window's secret store to the vault. A token goes in; none comes out through here.
// Thread: GUI thread, the vault's own.
#pragma once

#include "io/vault.h"
#include "ui/subscriptions/secret_store.h"

namespace wg::app {

class SecretsDoor final : public ui::SecretStore {
public:
    /// vault must outlive the door.
    explicit SecretsDoor(io::Vault& vault) : m_vault(vault) {}

    void write(std::string name, Secret secret, std::function<void(Result<ui::SecretPlace>)> written) override;
    void look(std::string name, std::function<void(Result<ui::SecretPresence>)> found) override;
    void remove(std::string name, std::function<void(Result<void>)> removed) override;

private:
    io::Vault& m_vault;
};

} // namespace wg::app
