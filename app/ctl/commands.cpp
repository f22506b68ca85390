// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands.h"

#include <algorithm>
#include <cstdio>

namespace wg::ctl {
namespace {

const std::vector<OptionRule> kTokenOptions = {
    {"--token-file", "FILE", "the bearer token; read again when the server refuses it"},
    {"--keychain", "NAME", "the bearer token of this name in the OS keychain"},
    {"--token-env", "NAME", "the bearer token in this environment variable"},
    {"--token", "TOKEN", "the bearer token itself; for tests: other users can see command lines"},
};

const std::vector<OptionRule> kWatchOptions = {
    {"--transport", "NAME", "auto, ws, sse, ndjson, longpoll or poll (auto)"},
    {"--dialect", "NAME", "how the server spells its messages: watch.v1, generic-ws, generic-sse, … (auto)"},
    {"--resource", "NAME", "on …/v1/stream: what to subscribe", true},
    {"--ids", "A,B", "only these items", true},
    {"--server-filter", "EXPR", "a filter that the server applies"},
    {"--heartbeat", "S", "seconds between the server's heartbeats (15)"},
    {"--poll-interval", "TIME", "between two polls (5s)"},
    {"--ca", "FILE", "trust these certificate authorities instead of the system's"},
    {"--cert", "FILE", "client certificate, PEM"},
    {"--key", "FILE", "its key, PEM"},
    {"--pin", "SHA256", "accept only the server certificate with this digest"},
    {"--insecure", "", "check no certificate; says so loudly"},
    {"--proxy", "URL", "http://host:port or socks5://host:port"},
    {"--header", "'K: V'", "sent with every request", true},
    {"--log-json", "FILE", "states and markers as JSON lines; - is standard error"},
    {"--until-version", "N", "end when this version has been reached"},
    {"--quiet-after", "TIME", "end when live and nothing but heartbeats came for this long, proved by one at its end"},
    {"--max-time", "TIME", "end after this time whatever happens"},
};

std::vector<OptionRule> watchOptions(std::vector<OptionRule> own)
{
    own.insert(own.end(), kWatchOptions.begin(), kWatchOptions.end());
    own.insert(own.end(), kTokenOptions.begin(), kTokenOptions.end());
    return own;
}

std::vector<Command> makeCommands()
{
    return {
        {"tail", "URL", "prints events as they are applied, one a line", "watchglassctl tail http://127.0.0.1:8787/v1/orders --count 10",
         watchOptions({{"--format", "NAME", "json, pretty or raw (json)"},
                       {"--filter", "EXPR", "only events for which this holds: 'type == \"order_updated\" && changes.price > 5'"},
                       {"--since", "CURSOR", "go on after EPOCH:VERSION instead of now"},
                       {"--count", "N", "end after this many lines"},
                       {"--for", "TIME", "end after this time"}}),
         runTail},
        {"state", "URL", "keeps the replica and prints it at the end as one JSON object",
         "watchglassctl state http://127.0.0.1:8787/v1/orders --quiet-after 3s --max-time 60s",
         watchOptions({{"--since", "CURSOR", "go on after EPOCH:VERSION instead of now"}}), runState},
        {"decode", "", "standard input to one JSON a line per event: what the decoder makes of a capture",
         "watchglassctl decode --format sse < capture.txt",
         {{"--format", "NAME", "sse or ndjson"}, {"--last-event-id", "ID", "sse: the id kept from the connection before"}}, runDecode},
        {"filter", "EXPR [FILE]", "passes the JSON lines of a file or standard input for which EXPR holds",
         "watchglassctl filter 'object.price > 100' events.ndjson", {{"--explain", "", "print the compiled form and end"}}, runFilter},
        {"keychain", "set|get|delete|list [NAME]", "tokens in the OS keychain; set reads the token from standard input",
         "watchglassctl keychain set orders --token-env ORDERS_TOKEN",
         {{"--token-file", "FILE", "set: take the token from a file"},
          {"--token-env", "NAME", "set: take it from an environment variable"},
          {"--reveal", "", "get: print the token, not only whether it exists"}},
         runKeychain},
    };
}

std::string row(std::string_view left, std::string_view right)
{
    constexpr std::size_t kColumn = 26;
    std::string out = "  " + std::string(left);
    out.append(out.size() < kColumn ? kColumn - out.size() : 1, ' ');
    return out + std::string(right) + "\n";
}

constexpr std::string_view kExitCodes =
    "\nExit codes: 0 done, 1 the watched thing failed or a condition was not met, 2 bad usage, 3 could not connect,\n"
    "130 interrupted. Data goes to standard output, everything else to standard error.\n";

} // namespace

const std::vector<Command>& commands()
{
    static const std::vector<Command> kCommands = makeCommands();
    return kCommands;
}

const Command* findCommand(std::string_view name)
{
    const auto found = std::find_if(commands().begin(), commands().end(), [&](const Command& c) { return c.name == name; });
    return found == commands().end() ? nullptr : &*found;
}

std::string usageText()
{
    std::string out = "watchglassctl COMMAND …: watches routes without a window\n\n";
    for (const Command& command : commands())
        out += row(command.name, command.summary);
    out += row("--version", "says which version this is");
    out += "\n`watchglassctl COMMAND --help` lists the options of a command.\nExample: ";
    out += commands()[0].example;
    return out + "\n" + std::string(kExitCodes);
}

std::string usageText(const Command& command)
{
    std::string out = "watchglassctl " + std::string(command.name) + (command.operands.empty() ? "" : " ") + std::string(command.operands)
        + " [OPTIONS]: " + std::string(command.summary) + "\n\n";
    for (const OptionRule& option : command.options)
        out += row(std::string(option.name) + (option.value.empty() ? "" : " ") + std::string(option.value), option.help);
    return out + "\nExample: " + std::string(command.example) + "\n" + std::string(kExitCodes);
}

int refuse(const Error& error, std::string_view command)
{
    std::fprintf(stderr, "watchglassctl: %s\n", error.sentence().c_str());
    std::fprintf(stderr, "`watchglassctl%s%.*s --help` lists what can be given.\n", command.empty() ? "" : " ",
                 static_cast<int>(command.size()), command.data());
    return kBadUsage;
}

} // namespace wg::ctl
