// SPDX-License-Identifier: GPL-3.0-or-later
// TokenSources: one token for a headless run, from a file, the keychain, the environment or the command line, in this
// order of rank; engine::VaultPort.
// Rules:  the file is read again at every question, so a token that was renewed beside us is found after a refusal; the
//         environment and the command line cannot change, so a refusal of theirs is final.
// Limits: kTokenBytes; a token holds no spaces or control characters (it goes into a header).
// Thread: one, with an event loop; answers come from that loop.
#pragma once

#include "engine/ports.h"

#include <QObject>

#include <string>

namespace wg::io {

class Vault;

struct TokenPlan {
    std::string file;
    std::string keychainName;
    std::string environmentName;
    Secret token;
    [[nodiscard]] bool isEmpty() const noexcept
    {
        return file.empty() && keychainName.empty() && environmentName.empty() && token.isEmpty();
    }
};

/// Checks a token for what a header can carry; the surrounding white space of a file is cut off.
[[nodiscard]] Result<Secret> usableToken(std::string_view text, const std::string& source);
[[nodiscard]] Result<Secret> tokenFromFile(const std::string& path);
[[nodiscard]] Result<Secret> tokenFromEnvironment(const std::string& name);

class TokenSources final : public engine::VaultPort {
public:
    static constexpr qint64 kTokenBytes = 64 * 1024;

    /// vault is asked for keychain entries and must outlive this.
    TokenSources(TokenPlan plan, Vault& vault);

    void read(const std::string& name, bool isRefresh, Answer answer) override;

private:
    [[nodiscard]] Result<Secret> look(bool isRefresh) const;

    TokenPlan m_plan;
    Vault& m_vault;
    QObject m_context; ///< answers that are under way die with this
};

} // namespace wg::io
