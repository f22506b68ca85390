// SPDX-License-Identifier: GPL-3.0-or-later
// keychain: tokens by name in the OS keychain. set takes the token from standard input, a file or the environment.
#include "ctl/commands.h"
#include "ctl/standard_streams.h"

#include "io/token_sources.h"
#include "io/vault.h"

#include <QCoreApplication>

#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace wg::ctl {
namespace {

/// Turns the terminal's echo off while a token is typed.
class QuietTerminal {
public:
    QuietTerminal()
    {
        m_isTerminal = tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isTerminal)
            return;
        std::fputs("Token: ", stderr);
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    }
    ~QuietTerminal()
    {
        if (!m_isTerminal)
            return;
        tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
        std::fputc('\n', stderr);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

private:
    termios m_before{};
    bool m_isTerminal = false;
};

Result<Secret> tokenFromInput()
{
    const QuietTerminal quiet;
    std::string text;
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) {
        text += static_cast<char>(c);
        if (text.size() > static_cast<std::size_t>(io::TokenSources::kTokenBytes))
            break;
    }
    Result<Secret> token = io::usableToken(text, "standard input");
    text.assign(text.size(), '\0');
    return token;
}

Result<Secret> tokenToStore(const Options& options)
{
    if (options.has("--token-file"))
        return io::tokenFromFile(options.text("--token-file"));
    if (options.has("--token-env"))
        return io::tokenFromEnvironment(options.text("--token-env"));
    return tokenFromInput();
}

int fail(const Error& error)
{
    say(error.sentence());
    return error.code == ErrorCode::BadArgument ? kBadUsage : kFailed;
}

/// Runs the event loop until the vault has answered.
int wait()
{
    return QCoreApplication::exec();
}

int set(io::Vault& vault, const std::string& name, const Options& options)
{
    Result<Secret> token = tokenToStore(options);
    if (!token)
        return fail(token.error());
    vault.write(name, std::move(token).value(), [](const Result<io::Kept>& kept) {
        if (!kept)
            return QCoreApplication::exit(fail(kept.error()));
        if (!kept.value().isInKeychain) {
            say(kept.value().why.sentence() + " Nothing was stored.");
            return QCoreApplication::exit(kFailed);
        }
        QCoreApplication::exit(kDone);
    });
    return wait();
}

int get(io::Vault& vault, const std::string& name, bool isRevealed)
{
    vault.read(name, false, [name, isRevealed](const Result<Secret>& secret) {
        if (!secret)
            return QCoreApplication::exit(fail(secret.error()));
        const std::string_view text = isRevealed ? secret.value().reveal() : std::string_view("exists");
        std::printf("%.*s\n", static_cast<int>(text.size()), text.data());
        QCoreApplication::exit(kDone);
    });
    return wait();
}

int erase(io::Vault& vault, const std::string& name)
{
    vault.erase(name, [](const Result<void>& erased) { QCoreApplication::exit(erased ? int{kDone} : fail(erased.error())); });
    return wait();
}

int list(io::Vault& vault)
{
    vault.list([](const Result<std::vector<std::string>>& names) {
        if (!names)
            return QCoreApplication::exit(fail(names.error()));
        for (const std::string& name : names.value())
            std::puts(name.c_str());
        QCoreApplication::exit(kDone);
    });
    return wait();
}

} // namespace

int runKeychain(const Options& options)
{
    const std::vector<std::string>& words = options.words();
    const std::string verb = words.empty() ? std::string() : words[0];
    if (verb != "set" && verb != "get" && verb != "delete" && verb != "list")
        return refuse({ErrorCode::BadArgument, "keychain wants one of set, get, delete, list.", {}}, "keychain");
    if (words.size() != (verb == "list" ? 1u : 2u))
        return refuse({ErrorCode::BadArgument, verb == "list" ? "keychain list takes no name." : "keychain " + verb + " wants one name.", {}},
                      "keychain");
    io::Vault vault;
    if (verb == "set")
        return set(vault, words[1], options);
    if (verb == "get")
        return get(vault, words[1], options.has("--reveal"));
    if (verb == "delete")
        return erase(vault, words[1]);
    return list(vault);
}

} // namespace wg::ctl
