// SPDX-License-Identifier: GPL-3.0-or-later
// The book, the tree and the form of connections and routes.
#include "printing.h"
#include "support/fixture_link.h"
#include "support/mock_connections.h"
#include "ui/subscriptions/route_form.h"
#include "ui/subscriptions/subscription_tree.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <gtest/gtest.h>

using namespace wg;
using namespace wg::ui;

namespace {

/// Keeps what it is given and answers when it is told to, as the port demands.
class FakeSecrets final : public SecretStore {
public:
    void write(std::string name, Secret secret, std::function<void(Result<SecretPlace>)> written) override
    {
        held[name] = std::string(secret.reveal());
        waiting.push_back([this, written] { refusal ? written(*refusal) : written(place); });
    }
    void look(std::string name, std::function<void(Result<SecretPresence>)> found) override
    {
        waiting.push_back([this, name, found] { found(SecretPresence{held.count(name) > 0, place}); });
    }
    void remove(std::string name, std::function<void(Result<void>)> removed) override
    {
        held.erase(name);
        waiting.push_back([removed] { removed({}); });
    }
    void answer()
    {
        auto answers = std::move(waiting);
        waiting.clear();
        for (const auto& each : answers)
            each();
    }
    std::map<std::string, std::string> held;
    std::vector<std::function<void()>> waiting;
    SecretPlace place = SecretPlace::Keychain;
    std::optional<Error> refusal;
};

class FakeSpecs final : public SpecStore {
public:
    Result<SavedSpecs> load() override { return specs; }
    void save(SavedSpecs kept, std::function<void(Result<void>)> saved) override
    {
        specs = std::move(kept);
        ++saves;
        if (refusal)
            saved(*refusal);
    }
    SavedSpecs specs;
    int saves = 0;
    std::optional<Error> refusal;
};

class SubscriptionsTest : public testing::Test {
protected:
    SubscriptionsTest()
    {
        m_link.publish(test::mockPublication(1'773'844'309'000.0));
        SessionParts parts;
        parts.engine = &m_link;
        parts.specs = &m_specs;
        parts.secrets = &m_secrets;
        m_session = std::make_unique<Session>(parts);
        test::addMockConnections(m_session->book());
        m_form.setSession(m_session.get());
        m_tree.setSession(m_session.get());
        m_secrets.answer();
    }
    WatchBook& book() { return m_session->book(); }
    void openForm(int connection)
    {
        const auto& spec = book().connections()[static_cast<std::size_t>(connection)];
        m_form.open(QString::fromStdString(spec.id), {});
        m_secrets.answer();
    }
    template <typename Command>
    std::vector<Command> posted()
    {
        std::vector<Command> found;
        for (const auto& command : m_link.commands())
            if (const auto* each = std::get_if<Command>(&command))
                found.push_back(*each);
        return found;
    }

    test::FixtureLink m_link;
    FakeSpecs m_specs;
    FakeSecrets m_secrets;
    std::unique_ptr<Session> m_session;
    RouteForm m_form;
    SubscriptionTree m_tree;
};

} // namespace

TEST_F(SubscriptionsTest, EveryRouteOfTheBookIsAWatchOfItsOwn)
{
    const auto added = posted<engine::AddWatch>();
    ASSERT_EQ(added.size(), 13u);
    for (std::size_t i = 0; i < added.size(); ++i)
        EXPECT_EQ(added[i].spec.id, i + 1);
    EXPECT_EQ(added[0].spec.url(), "wss://orders.eu.example.com/v2/orders/watch");
}

TEST_F(SubscriptionsTest, ALoadedBookStartsWhatWasSavedAndDropsRoutesWithoutAConnection)
{
    test::FixtureLink link;
    FakeSpecs specs;
    specs.specs = m_specs.specs;
    specs.specs.routes.push_back({"r", "gone", "/x"});
    WatchBook loaded(link, &specs);
    ASSERT_TRUE(loaded.load());
    EXPECT_EQ(loaded.connections().size(), 12u);
    EXPECT_EQ(link.commands().size(), 13u);
}

TEST_F(SubscriptionsTest, TemporaryConnectionsRunButAreNotSaved)
{
    engine::ConnectionSpec demo;
    demo.url = "http://127.0.0.1:8787/v1/orders";
    const auto id = book().addConnection(demo, {}, true);
    ASSERT_TRUE(id);
    EXPECT_TRUE(book().isTemporary(id.value()));
    EXPECT_EQ(posted<engine::AddWatch>().size(), 14u);
    EXPECT_EQ(m_specs.specs.connections.size(), 12u);
    EXPECT_EQ(book().connection(id.value())->name, "127.0.0.1");
}

TEST_F(SubscriptionsTest, AWrongAddressOrATakenNameIsRefusedWithASentence)
{
    engine::ConnectionSpec wrong;
    wrong.url = "htp://orders";
    EXPECT_FALSE(book().addConnection(wrong, {}));
    wrong.url = "https://host";
    wrong.name = "orders-eu";
    const auto refused = book().addConnection(wrong, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, "There is a connection orders-eu already. Choose another name.");
    EXPECT_EQ(book().connections().size(), 12u);
}

TEST_F(SubscriptionsTest, ARemovedConnectionComesBackByUndoWithItsRoutes)
{
    const std::string id = book().connections()[1].id;
    book().removeConnection(id);
    EXPECT_EQ(posted<engine::RemoveWatch>().size(), 2u);
    EXPECT_EQ(book().undoName(), "ticks-nyse");
    EXPECT_EQ(m_specs.specs.connections.size(), 11u);
    book().undo();
    EXPECT_EQ(book().routesOf(id).size(), 2u);
    EXPECT_EQ(posted<engine::AddWatch>().size(), 15u);
    EXPECT_EQ(m_specs.specs.connections.size(), 12u);
    EXPECT_TRUE(book().undoName().isEmpty());
}

TEST_F(SubscriptionsTest, ASettingsFileThatRefusesIsSaid)
{
    QSignalSpy refused(&book(), &WatchBook::saveFailed);
    m_specs.refusal = Error{ErrorCode::Io, "settings.json cannot be written: disk full.", "Free some space."};
    book().setConnectionEnabled(book().connections()[0].id, false);
    ASSERT_EQ(refused.size(), 1);
    EXPECT_EQ(refused[0][0].toString(), "settings.json cannot be written: disk full. Free some space.");
}

TEST_F(SubscriptionsTest, DisablingAConnectionDisablesItsRoutesInTheEngine)
{
    book().setConnectionEnabled(book().connections()[1].id, false);
    const auto sent = posted<engine::SetWatchEnabled>();
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_FALSE(sent[0].isEnabled);
    book().setConnectionEnabled(book().connections()[1].id, true);
    const auto again = posted<engine::SetWatchEnabled>();
    ASSERT_EQ(again.size(), 4u);
    EXPECT_TRUE(again[2].isEnabled);
    EXPECT_FALSE(again[3].isEnabled); // that route is off by itself
}

TEST_F(SubscriptionsTest, TheTreeGroupsConnectionsAndOpensThem)
{
    const QAbstractItemModelTester tester(&m_tree);
    const auto text = [this](int row) { return m_tree.data(m_tree.index(row), SubscriptionTree::TextRole).toString(); };
    EXPECT_EQ(text(0), "Kubernetes");
    EXPECT_EQ(text(1), "pods-prod");
    EXPECT_EQ(m_tree.count(), 17);
    EXPECT_EQ(m_tree.totals(), "12 connections, 13 routes");
    const int nyse = m_tree.rowOf(QString::fromStdString(book().connections()[1].id), {});
    EXPECT_TRUE(m_tree.setOpen(nyse, true));
    EXPECT_EQ(text(nyse + 1), "/v1/quotes");
    EXPECT_EQ(m_tree.data(m_tree.index(nyse + 2), SubscriptionTree::NoteRole).toString(), "Off");
    m_tree.toggle(0);
    EXPECT_EQ(text(1), "Market data");
}

TEST_F(SubscriptionsTest, FindKeepsWhatHoldsTheTextAndItsParents)
{
    const QAbstractItemModelTester tester(&m_tree);
    m_tree.setFind("trades");
    ASSERT_EQ(m_tree.count(), 3);
    EXPECT_EQ(m_tree.data(m_tree.index(2), SubscriptionTree::TextRole).toString(), "/v1/trades");
    m_tree.setFind("no such thing");
    EXPECT_EQ(m_tree.count(), 0);
    m_tree.setFind({});
    EXPECT_EQ(m_tree.count(), 17);
}

TEST_F(SubscriptionsTest, AConnectionShowsTheStateThatNeedsAPersonMost)
{
    const auto state = [this](int connection) {
        const int row = m_tree.rowOf(QString::fromStdString(book().connections()[static_cast<std::size_t>(connection)].id), {});
        return m_tree.data(m_tree.index(row), SubscriptionTree::StateRole).toString();
    };
    EXPECT_EQ(state(0), "live");
    EXPECT_EQ(state(3), "retrying");
    EXPECT_EQ(state(11), "closed");
}

TEST_F(SubscriptionsTest, TheFormMarksWhatIsChangedAndRevertsIt)
{
    openForm(0);
    EXPECT_TRUE(m_form.hasRoute());
    EXPECT_EQ(m_form.changedCount(), 0);
    m_form.setHeartbeat("30");
    m_form.setName("orders-europe");
    EXPECT_EQ(m_form.changedCount(), 2);
    EXPECT_TRUE(m_form.mustReconnect());
    m_form.setHeartbeat("15");
    EXPECT_FALSE(m_form.mustReconnect());
    m_form.revert();
    EXPECT_EQ(m_form.changedCount(), 0);
    EXPECT_EQ(m_form.name(), "orders-eu");
}

TEST_F(SubscriptionsTest, SaveWithAProblemNamesTheFieldAndChangesNothing)
{
    openForm(0);
    QSignalSpy invalid(&m_form, &RouteForm::invalid);
    m_form.setServerFilter("price >");
    m_form.setHeartbeat("0");
    m_form.save();
    ASSERT_EQ(invalid.size(), 1);
    EXPECT_EQ(invalid[0][0].toString(), "serverFilter");
    m_form.setServerFilter({});
    m_form.save();
    EXPECT_EQ(invalid[1][0].toString(), "heartbeat");
    EXPECT_EQ(m_form.problems().value("heartbeat").toString(), "Enter a number of seconds from 1 to 300.");
    EXPECT_TRUE(posted<engine::UpdateWatch>().empty());
}

TEST_F(SubscriptionsTest, SaveSendsTheWholeRouteToTheEngineAndTheStore)
{
    openForm(0);
    m_form.setAutoTransport(false);
    m_form.moveTransport("sse", -1);
    m_form.toggleTransport("poll");
    m_form.setIds(" a, b ,,c ");
    m_form.setOnGap(1);
    const int saves = m_specs.saves;
    m_form.save();
    const auto sent = posted<engine::UpdateWatch>();
    ASSERT_EQ(sent.size(), 1u);
    using engine::Transport;
    EXPECT_EQ(sent[0].spec.route.transports,
              (std::vector<Transport>{Transport::Sse, Transport::WebSocket, Transport::Ndjson, Transport::LongPoll}));
    EXPECT_EQ(sent[0].spec.route.ids, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(sent[0].spec.route.onGap, sync::OnGap::ResumeOnceThenSnapshot);
    EXPECT_EQ(m_specs.saves, saves + 1);
    EXPECT_EQ(m_form.changedCount(), 0);
}

TEST_F(SubscriptionsTest, TheLastTransportOfAnOrderStays)
{
    openForm(0);
    m_form.setAutoTransport(false);
    for (const char* name : {"ws", "sse", "ndjson", "longpoll", "poll"})
        m_form.toggleTransport(name);
    EXPECT_EQ(m_form.transports(), QStringList({"poll"}));
    EXPECT_FALSE(m_form.isAutoTransport());
}

TEST_F(SubscriptionsTest, ANewTokenIsStoredFirstAndNeverShown)
{
    openForm(0);
    m_form.setAuth(1);
    EXPECT_EQ(m_form.problems().value("token").toString(), "Enter a token, or choose None.");
    m_form.setToken("s3cret");
    m_form.save();
    EXPECT_TRUE(m_form.isSaving());
    EXPECT_TRUE(posted<engine::UpdateWatch>().empty());
    m_secrets.answer();
    const auto sent = posted<engine::UpdateWatch>();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(m_secrets.held.at(sent[0].spec.connection.secretName), "s3cret");
    EXPECT_EQ(posted<engine::RetryWatch>().size(), 1u);
    m_secrets.answer();
    EXPECT_TRUE(m_form.hasToken());
    EXPECT_TRUE(m_form.token().isEmpty());
    EXPECT_EQ(m_form.tokenPlace(), "keychain");
    m_form.removeToken();
    m_secrets.answer();
    m_secrets.answer();
    EXPECT_FALSE(m_form.hasToken());
}

TEST_F(SubscriptionsTest, ARefusedKeychainKeepsTheFormAndSaysWhy)
{
    openForm(0);
    QSignalSpy failed(&m_form, &RouteForm::failed);
    m_secrets.refusal = Error{ErrorCode::Keychain, "The keychain is locked.", "Unlock it and save again."};
    m_form.setAuth(1);
    m_form.setToken("s3cret");
    m_form.save();
    m_secrets.answer();
    ASSERT_EQ(failed.size(), 1);
    EXPECT_EQ(failed[0][0].toString(), "The keychain is locked. Unlock it and save again.");
    EXPECT_EQ(m_form.token(), "s3cret");
    EXPECT_TRUE(posted<engine::UpdateWatch>().empty());
}

TEST_F(SubscriptionsTest, WithoutAKeychainTheFormSaysWhereTokensLive)
{
    m_secrets.place = SecretPlace::Memory;
    openForm(0);
    EXPECT_EQ(m_form.tokenPlace(), "memory");
    EXPECT_TRUE(m_form.tokenNote().contains("memory only"));
    m_secrets.place = SecretPlace::Locked;
    openForm(1);
    EXPECT_EQ(m_form.tokenPlace(), "locked");
}

TEST_F(SubscriptionsTest, ANewConnectionIsSavedWithItsToken)
{
    m_form.startConnection();
    m_secrets.answer();
    EXPECT_TRUE(m_form.isNew());
    QSignalSpy invalid(&m_form, &RouteForm::invalid);
    m_form.save();
    ASSERT_EQ(invalid.size(), 1);
    EXPECT_EQ(invalid[0][0].toString(), "url");
    m_form.setUrl("https://api.example.com");
    m_form.setPath("/v1/stocks");
    m_form.setAuth(1);
    m_form.setToken("t");
    m_form.save();
    m_secrets.answer();
    ASSERT_EQ(book().connections().size(), 13u);
    const auto& added = book().connections().back();
    EXPECT_EQ(added.name, "api.example.com");
    EXPECT_EQ(m_secrets.held.count(added.secretName), 1u);
    EXPECT_EQ(posted<engine::AddWatch>().back().spec.url(), "https://api.example.com/v1/stocks");
    EXPECT_FALSE(m_form.isNew());
}

TEST_F(SubscriptionsTest, ARouteIsAddedAndRemovedOnItsConnection)
{
    openForm(0);
    m_form.startRoute();
    m_secrets.answer();
    EXPECT_TRUE(m_form.isNew());
    m_form.setPath("/v2/returns");
    m_form.save();
    EXPECT_EQ(book().routesOf(book().connections()[0].id).size(), 2u);
    EXPECT_EQ(m_form.path(), "/v2/returns");
    QSignalSpy removed(&m_form, &RouteForm::removed);
    m_form.remove();
    ASSERT_EQ(removed.size(), 1);
    EXPECT_EQ(removed[0][0].toString(), "Removed /v2/returns");
    EXPECT_EQ(book().routesOf(book().connections()[0].id).size(), 1u);
    EXPECT_FALSE(m_form.isOpen());
}
