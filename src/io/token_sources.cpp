// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/token_sources.h"

#include "io/vault.h"

#include <QFile>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace wg::io {

Result<Secret> usableToken(std::string_view text, const std::string& source)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n'))
        text.remove_prefix(1);
    if (text.empty())
        return Error{ErrorCode::Unauthorized, "The token from " + source + " is empty.", "Put a token there."};
    if (text.size() > static_cast<std::size_t>(TokenSources::kTokenBytes))
        return Error{ErrorCode::TooLarge, "The token from " + source + " is larger than " + std::to_string(TokenSources::kTokenBytes / 1024) + " KiB.", {}};
    const bool isPlain = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (!isPlain)
        return Error{ErrorCode::BadArgument, "The token from " + source + " holds a character that no header can carry.", {}};
    return Secret(text);
}

Result<Secret> tokenFromFile(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, "The token file " + path + " cannot be read: " + file.errorString().toStdString() + ".", {}};
    QByteArray text = file.read(TokenSources::kTokenBytes + 1);
    Result<Secret> token = usableToken(std::string_view(text.constData(), static_cast<std::size_t>(text.size())), "the file " + path);
    text.fill('\0');
    return token;
}

Result<Secret> tokenFromEnvironment(const std::string& name)
{
    if (!qEnvironmentVariableIsSet(name.c_str()))
        return Error{ErrorCode::BadArgument, "The environment variable " + name + " is not set.", "Set it to the token."};
    const QByteArray text = qgetenv(name.c_str());
    return usableToken(std::string_view(text.constData(), static_cast<std::size_t>(text.size())), "the environment variable " + name);
}

TokenSources::TokenSources(TokenPlan plan, Vault& vault) : m_plan(std::move(plan)), m_vault(vault) {}

Result<Secret> TokenSources::look(bool isRefresh) const
{
    if (!m_plan.file.empty())
        return tokenFromFile(m_plan.file);
    if (isRefresh)
        return Error{ErrorCode::Unauthorized, "The token was refused and its source cannot give another one.",
                     "Give a fresh token, or use --token-file, which is read again."};
    if (!m_plan.environmentName.empty())
        return tokenFromEnvironment(m_plan.environmentName);
    if (!m_plan.token.isEmpty())
        return m_plan.token.clone();
    return Error{ErrorCode::NotFound, "No token was given.", "Give one by --token-file, --token-env or --keychain."};
}

void TokenSources::read(const std::string& /*name*/, bool isRefresh, Answer answer)
{
    if (m_plan.file.empty() && !m_plan.keychainName.empty())
        return m_vault.read(m_plan.keychainName, isRefresh, std::move(answer));
    auto found = std::make_shared<Result<Secret>>(look(isRefresh));
    QTimer::singleShot(0, &m_context, [answer = std::move(answer), found] { answer(std::move(*found)); });
}

} // namespace wg::io
