// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself: its options, its READY line, its exit codes, TLS.
#include "client.h"

#include <gtest/gtest.h>

#include <boost/asio/ssl.hpp>
#include <csignal>
#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace wg::test;

const std::string kProgram = WG_BIN_DIR "/watchglass-gateway";

/// The program with its output on a pipe; killed with the object.
class Program {
public:
    explicit Program(const std::vector<std::string>& arguments)
    {
        int ends[2];
        if (pipe(ends) != 0)
            return;
        m_pid = fork();
        if (m_pid == 0) {
            dup2(ends[1], 1);
            dup2(ends[1], 2);
            ::close(ends[0]);
            std::vector<char*> argv{const_cast<char*>(kProgram.c_str())};
            for (const std::string& argument : arguments)
                argv.push_back(const_cast<char*>(argument.c_str()));
            argv.push_back(nullptr);
            execv(kProgram.c_str(), argv.data());
            _exit(127);
        }
        ::close(ends[1]);
        m_out = fdopen(ends[0], "r");
    }
    ~Program()
    {
        if (m_pid > 0)
            kill(m_pid, SIGKILL);
        if (m_pid > 0)
            waitpid(m_pid, nullptr, 0);
        fclose(m_out);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    std::string line()
    {
        char text[4096];
        return fgets(text, sizeof text, m_out) == nullptr ? "" : text;
    }
    std::string rest()
    {
        std::string all;
        for (std::string one = line(); !one.empty(); one = line())
            all += one;
        return all;
    }
    int exitCode()
    {
        int status = 0;
        waitpid(m_pid, &status, 0);
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void signal(int number) const { kill(m_pid, number); }

private:
    pid_t m_pid = -1;
    FILE* m_out = nullptr;
};

std::uint16_t portOf(const std::string& ready)
{
    return static_cast<std::uint16_t>(std::stoi(ready.substr(ready.rfind(':') + 1)));
}

TEST(GatewayProgram, SaysReadyServesAndEndsOnSignals)
{
    Program program({"--port", "0", "--rate", "100", "--resources", "pods"});
    const std::string ready = program.line();
    ASSERT_EQ(ready.rfind("READY http://127.0.0.1:", 0), 0u) << ready;
    const std::uint16_t port = portOf(ready);
    EXPECT_EQ(request(port, "/healthz").status, 200);
    EXPECT_EQ(json(request(port, "/v1").body).members.at("resources").elements.size(), 1u);
    Socket socket(port, "/v1/pods/watch");
    EXPECT_TRUE(socket.next());
    program.signal(SIGTERM);
    while (socket.next(3)) {
    }
    EXPECT_EQ(socket.closeCode(), 1001);
    EXPECT_EQ(program.exitCode(), 0);
}

TEST(GatewayProgram, InterruptIs130BadUsageIs2AndATakenPortIs1)
{
    Program first({"--port", "0", "--rate", "0"});
    const std::string ready = first.line();
    Program second({"--port", std::to_string(portOf(ready))});
    EXPECT_NE(second.rest().find("Cannot listen"), std::string::npos);
    EXPECT_EQ(second.exitCode(), 1);
    first.signal(SIGINT);
    EXPECT_EQ(first.exitCode(), 130);
    Program bad({"--chaos", "boom=1"});
    EXPECT_NE(bad.rest().find("boom"), std::string::npos);
    EXPECT_EQ(bad.exitCode(), 2);
    Program help({"--help"});
    const std::string text = help.rest();
    EXPECT_NE(text.find("example: watchglass-gateway"), std::string::npos);
    EXPECT_EQ(help.exitCode(), 0);
}

TEST(GatewayProgram, ServesTls)
{
    char folder[] = "/tmp/wg-tls-XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    const std::string base = folder;
    const std::string make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
                             "-addext subjectAltName=IP:127.0.0.1 -keyout " + base + "/key.pem -out " + base + "/cert.pem -batch 2>/dev/null";
    ASSERT_EQ(std::system(make.c_str()), 0);
    Program program({"--port", "0", "--rate", "500", "--tls-cert", base + "/cert.pem", "--tls-key", base + "/key.pem"});
    const std::string ready = program.line();
    ASSERT_EQ(ready.rfind("READY https://127.0.0.1:", 0), 0u) << ready;
    namespace asio = boost::asio;
    asio::io_context io;
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.load_verify_file(base + "/cert.pem");
    context.set_verify_mode(asio::ssl::verify_peer);
    asio::ssl::stream<asio::ip::tcp::socket> stream(io, context);
    stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), portOf(ready)});
    stream.handshake(asio::ssl::stream_base::client);
    asio::write(stream, asio::buffer(std::string("GET /v1/stocks/watch HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n\r\n")));
    std::string text;
    for (int i = 0; i < 20; ++i)
        asio::read_until(stream, asio::dynamic_buffer(text), "stock_updated");
    EXPECT_EQ(text.rfind("HTTP/1.1 200 OK", 0), 0u);
    program.signal(SIGTERM);
    boost::system::error_code error;
    asio::read(stream, asio::dynamic_buffer(text), error);
    EXPECT_EQ(error, asio::error::eof); // close_notify came: nothing was cut off
    EXPECT_NE(text.find("\"code\":\"unavailable\""), std::string::npos);
    EXPECT_EQ(program.exitCode(), 0);
    std::remove((base + "/key.pem").c_str());
    std::remove((base + "/cert.pem").c_str());
    rmdir(folder);
}

} // namespace
