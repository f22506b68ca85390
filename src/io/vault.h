// SPDX-License-Identifier: GPL-3.0-or-later
// Vault: credentials by name in the OS keychain (Secret Service, KWallet, and what else QtKeychain knows); engine::VaultPort.
// Shape:  entries of service "watchglass", key "token/NAME"; the names are kept in an entry of their own, as QtKeychain
//         cannot list. Never a file: where there is no keychain a credential lives in this process's memory only, and the
//         answer says so.
// Limits: a keychain that does not answer within kAnswerTime (a prompt that nobody sees) counts as a failure.
// Errors: ErrorCode::NotFound: no such entry; ErrorCode::Keychain: absent, locked, denied or silent, told apart in the
//         sentence; ErrorCode::BadArgument: a name that cannot be one.
// Thread: the one it was made on, which runs an event loop; answers come from that loop, never from inside a call.
#pragma once

#include "engine/ports.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace QKeychain {
class Job;
}

namespace wg::io {

/// Where a credential went, and why it was not the keychain.
struct Kept {
    bool isInKeychain = true;
    Error why{ErrorCode::None, {}, {}};
};

class Vault final : public engine::VaultPort {
public:
    static constexpr std::chrono::seconds kAnswerTime{10};
    static constexpr std::size_t kNameBytes = 200;

    explicit Vault(std::chrono::milliseconds answerTime = kAnswerTime);
    ~Vault() override;

    void read(const std::string& name, bool isRefresh, Answer answer) override;
    /// Replaces what was there. Without a keychain it is kept in memory: see Kept.
    void write(const std::string& name, Secret secret, std::function<void(Result<Kept>)> answer);
    void erase(const std::string& name, std::function<void(Result<void>)> answer);
    /// Names of the entries, sorted.
    void list(std::function<void(Result<std::vector<std::string>>)> answer);

private:
    using Finished = std::function<void(const QKeychain::Job*, Error)>;
    void run(QKeychain::Job* job, const std::string& name, Finished finished);
    void readEntry(const QString& key, const std::string& name, std::function<void(Result<Secret>)> answer);
    void changeNames(const std::string& name, bool isAdded, std::function<void(Result<void>)> answer);
    void later(std::function<void()> call);

    std::chrono::milliseconds m_answerTime;
    std::map<std::string, Secret> m_memory; ///< what no keychain would take
    QObject m_context;                      ///< answers that are under way die with the vault
};

/// An Error for a name that cannot be one (empty, too long, control characters), else nothing.
[[nodiscard]] Result<void> checkSecretName(const std::string& name);

/// True for an answer that says there is no keychain at all, as against one that is locked or refuses.
[[nodiscard]] bool saysAbsent(const Error& error);

} // namespace wg::io
