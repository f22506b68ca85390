// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/vault.h"

#include "io/keyring_lock.h"

#include <qt6keychain/keychain.h>

#include <QTimer>

#include <algorithm>
#include <memory>

namespace wg::io {
namespace {

const QString kService = QStringLiteral("watchglass");
const QString kNamesKey = QStringLiteral("names");
constexpr std::string_view kAbsent = "There is no keychain in this session";

QString keyOf(const std::string& name)
{
    return QStringLiteral("token/") + QString::fromStdString(name);
}

Error absent(const std::string& detail)
{
    return {ErrorCode::Keychain, std::string(kAbsent) + " (" + detail + ").",
            "Start one (GNOME Keyring, KWallet) or give the token by a file or an environment variable."};
}

Error locked(const std::string& detail)
{
    return {ErrorCode::Keychain, "The keychain is locked" + (detail.empty() ? "" : " (" + detail + ")") + ".", "Unlock it and try again."};
}

/// QtKeychain gives one code (OtherError) for nearly everything on Secret Service; only the text differs.
Error explain(QKeychain::Error error, const QString& text, const std::string& name)
{
    std::string detail = text.trimmed().toStdString();
    while (!detail.empty() && detail.back() == '.')
        detail.pop_back();
    if (error == QKeychain::NoError)
        return {ErrorCode::None, {}, {}};
    if (error == QKeychain::EntryNotFound)
        return {ErrorCode::NotFound, "The keychain has no entry named \"" + name + "\".", "Store the token under that name first."};
    const auto says = [low = text.toLower()](std::initializer_list<QLatin1String> words) {
        return std::any_of(words.begin(), words.end(), [&](QLatin1String word) { return low.contains(word); });
    };
    using Word = QLatin1String;
    if (says({Word("lock"), Word("prompt"), Word("dismissed"), Word("/collection/")}))
        return locked(detail);
    if (error == QKeychain::AccessDeniedByUser || error == QKeychain::AccessDenied)
        return {ErrorCode::Keychain, "The keychain denied access to \"" + name + "\" (" + detail + ").", "Allow it and try again."};
    const bool isAbsent = error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented || detail.empty()
        || says({Word("bus"), Word("serviceunknown"), Word("not provided by any"), Word("activat"), Word("unknown error")});
    if (isAbsent)
        return absent(detail.empty() ? "no service answered" : detail);
    return {ErrorCode::Keychain, "The keychain could not be used for \"" + name + "\": " + detail + ".",
            "Check the keychain service and try again."};
}

std::vector<std::string> namesIn(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0)
            names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace

Result<void> checkSecretName(const std::string& name)
{
    const bool isPlain = std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (!name.empty() && name.size() <= Vault::kNameBytes && isPlain)
        return {};
    return Error{ErrorCode::BadArgument, "A keychain name has 1 to " + std::to_string(Vault::kNameBytes) + " bytes and no control characters.", {}};
}

Vault::Vault(std::chrono::milliseconds answerTime) : m_answerTime(answerTime) {}

Vault::~Vault() = default;

void Vault::later(std::function<void()> call)
{
    QTimer::singleShot(0, &m_context, std::move(call));
}

void Vault::run(QKeychain::Job* job, const std::string& name, Finished finished)
{
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    // Whoever is first, the job or the timer, takes the answer; the job cannot be cancelled and deletes itself.
    auto open = std::make_shared<Finished>(std::move(finished));
    QObject::connect(job, &QKeychain::Job::finished, &m_context, [open, name](QKeychain::Job* done) {
        if (const Finished take = std::exchange(*open, nullptr))
            take(done, explain(done->error(), done->errorString(), name));
    });
    QTimer::singleShot(m_answerTime, &m_context, [this, open] {
        if (const Finished take = std::exchange(*open, nullptr)) {
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_answerTime).count();
            take(nullptr, {ErrorCode::Keychain, "The keychain did not answer within " + std::to_string(seconds) + " s.",
                           "It may be locked and asking for its password somewhere: unlock it and try again."});
        }
    });
    job->start();
}

void Vault::readEntry(const QString& key, const std::string& name, std::function<void(Result<Secret>)> answer)
{
    auto* job = new QKeychain::ReadPasswordJob(kService);
    job->setKey(key);
    run(job, name, [this, answer = std::move(answer)](const QKeychain::Job* done, const Error& error) {
        // A new job must not be started from inside a finished one: every answer hops through the loop.
        if (error.code == ErrorCode::NotFound)
            return later([this, answer, error] {
                askWhetherLocked(m_context, [answer, error](bool isLocked) { answer(isLocked ? locked({}) : error); });
            });
        auto result = std::make_shared<Result<Secret>>(error);
        if (error.code == ErrorCode::None)
            *result = Secret(static_cast<const QKeychain::ReadPasswordJob*>(done)->textData().toStdString());
        later([answer, result] { answer(std::move(*result)); });
    });
}

void Vault::read(const std::string& name, bool /*isRefresh*/, Answer answer)
{
    if (Result<void> usable = checkSecretName(name); !usable)
        return later([answer, error = usable.error()] { answer(error); });
    if (const auto found = m_memory.find(name); found != m_memory.end())
        return later([this, answer, name] {
            const auto entry = m_memory.find(name);
            answer(entry != m_memory.end() ? entry->second.clone() : Secret());
        });
    readEntry(keyOf(name), name, std::move(answer));
}

void Vault::write(const std::string& name, Secret secret, std::function<void(Result<Kept>)> answer)
{
    if (Result<void> usable = checkSecretName(name); !usable)
        return later([answer, error = usable.error()] { answer(error); });
    auto* job = new QKeychain::WritePasswordJob(kService);
    job->setKey(keyOf(name));
    const std::string_view text = secret.reveal();
    job->setTextData(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    auto held = std::make_shared<Secret>(std::move(secret));
    run(job, name, [this, name, held, answer = std::move(answer)](const QKeychain::Job*, const Error& error) {
        if (error.code != ErrorCode::None) {
            m_memory.insert_or_assign(name, std::move(*held));
            const Kept kept{false, error};
            return later([answer, kept] { answer(kept); });
        }
        m_memory.erase(name);
        later([this, name, answer] {
            changeNames(name, true, [answer](const Result<void>&) { answer(Kept{}); });
        });
    });
}

void Vault::erase(const std::string& name, std::function<void(Result<void>)> answer)
{
    if (Result<void> usable = checkSecretName(name); !usable)
        return later([answer, error = usable.error()] { answer(error); });
    const bool wasInMemory = m_memory.erase(name) > 0;
    // Secret Service answers the removal of a missing entry with success, so the entry is looked for first.
    readEntry(keyOf(name), name, [this, name, wasInMemory, answer](const Result<Secret>& before) {
        if (!before)
            return answer(wasInMemory ? Result<void>() : Result<void>(before.error()));
        auto* job = new QKeychain::DeletePasswordJob(kService);
        job->setKey(keyOf(name));
        run(job, name, [this, name, answer](const QKeychain::Job*, const Error& error) {
            later([this, name, answer, error] {
                if (error.code != ErrorCode::None)
                    return answer(error);
                changeNames(name, false, [answer](const Result<void>&) { answer({}); });
            });
        });
    });
}

void Vault::list(std::function<void(Result<std::vector<std::string>>)> answer)
{
    readEntry(kNamesKey, "names", [this, answer](const Result<Secret>& names) {
        if (!names && names.error().code != ErrorCode::NotFound)
            return answer(names.error());
        std::vector<std::string> out = names ? namesIn(names.value().reveal()) : std::vector<std::string>();
        for (const auto& [name, secret] : m_memory)
            out.push_back(name);
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        answer(std::move(out));
    });
}

void Vault::changeNames(const std::string& name, bool isAdded, std::function<void(Result<void>)> answer)
{
    readEntry(kNamesKey, "names", [this, name, isAdded, answer](const Result<Secret>& before) {
        std::vector<std::string> names = before ? namesIn(before.value().reveal()) : std::vector<std::string>();
        std::erase(names, name);
        if (isAdded)
            names.push_back(name);
        std::string text;
        for (const std::string& each : names)
            text += each + '\n';
        auto* job = new QKeychain::WritePasswordJob(kService);
        job->setKey(kNamesKey);
        job->setTextData(QString::fromStdString(text));
        run(job, "names", [this, answer](const QKeychain::Job*, const Error& error) {
            later([answer, error] { answer(error.code == ErrorCode::None ? Result<void>() : Result<void>(error)); });
        });
    });
}

bool saysAbsent(const Error& error)
{
    return error.code == ErrorCode::Keychain && error.what.rfind(kAbsent, 0) == 0;
}

} // namespace wg::io
