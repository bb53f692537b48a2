#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/process.h"

namespace {

using likes::testing::Process;

std::filesystem::path deploy(const char* file) {
  return std::filesystem::path(LIKES_SOURCE_DIR) / "server/deploy" / file;
}

/// Every environment variable that `likes-server --help` lists.
std::set<std::string> settings() {
  Process help({LIKES_SERVER, "--help"});
  REQUIRE(help.wait() == 0);
  std::set<std::string> names;
  const std::string& text = help.output();
  const std::regex listed("([A-Z][A-Z_]+):");
  for (std::sregex_iterator at(text.begin(), text.end(), listed); at != std::sregex_iterator();
       ++at) {
    names.insert((*at)[1]);
  }
  REQUIRE(names.contains("DATABASE_URL"));
  return names;
}

void check_names(const std::vector<std::string>& named) {
  CHECK_FALSE(named.empty());
  const std::set<std::string> known = settings();
  for (const std::string& name : named) {
    INFO(name);
    CHECK(known.contains(name));
  }
}

/// The names that a file in lines sets, as the first group of `pattern` finds them.
std::vector<std::string> names_in(const std::string& text, const char* pattern) {
  std::vector<std::string> names;
  const std::regex wanted(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), wanted); at != std::sregex_iterator();
       ++at) {
    names.push_back((*at)[1]);
  }
  return names;
}

}  // namespace

TEST_CASE("the container and the unit set what the server knows") {
  const std::string container = likes::testing::file_bytes(deploy("Containerfile"));
  check_names(names_in(container.substr(container.find("\nENV ")), "([A-Z_]+)="));
  CHECK(container.find("\nUSER ") != std::string::npos);
  check_names(
      names_in(likes::testing::file_bytes(deploy("hugo-likes.service")), "Environment=([A-Z_]+)="));
}

TEST_CASE("compose sets what the server knows, and holds no secret") {
  const YAML::Node server = YAML::LoadFile(deploy("compose.yaml"))["services"]["server"];
  std::vector<std::string> names;
  for (const auto& setting : server["environment"]) {
    names.push_back(setting.first.as<std::string>());
  }
  check_names(names);
  const std::string url = server["environment"]["DATABASE_URL"].as<std::string>();
  CHECK(url.find("://likes:${POSTGRES_PASSWORD:?") != std::string::npos);
  const std::string folder = deploy(server["build"]["context"].as<std::string>().c_str());
  CHECK(std::filesystem::exists(std::filesystem::path(folder) /
                                server["build"]["dockerfile"].as<std::string>()));
}

TEST_CASE("Kubernetes asks for health where it is, and takes secrets from a Secret") {
  std::map<std::string, YAML::Node> parts;
  for (const YAML::Node& part : YAML::LoadAllFromFile(deploy("kubernetes.yaml"))) {
    parts[part["kind"].as<std::string>()] = part;
  }
  REQUIRE(parts.size() == 3);
  const YAML::Node pod = parts["Deployment"]["spec"]["template"];
  const YAML::Node container = pod["spec"]["containers"][0];
  std::vector<std::string> names;
  for (const YAML::Node& setting : container["env"]) {
    names.push_back(setting["name"].as<std::string>());
    const bool is_secret = names.back() == "DATABASE_URL";
    CHECK(static_cast<bool>(setting["valueFrom"]) == is_secret);
    CHECK(static_cast<bool>(setting["value"]) != is_secret);
    CHECK((!is_secret || setting["valueFrom"]["secretKeyRef"]["name"]));
  }
  check_names(names);
  CHECK(container["livenessProbe"]["httpGet"]["path"].as<std::string>() == "/health");
  CHECK(container["readinessProbe"]["httpGet"]["path"].as<std::string>() == "/ready");
  CHECK(parts["Service"]["spec"]["selector"]["app"].as<std::string>() ==
        pod["metadata"]["labels"]["app"].as<std::string>());
  CHECK(parts["ConfigMap"]["metadata"]["name"].as<std::string>() ==
        pod["spec"]["volumes"][0]["configMap"]["name"].as<std::string>());
  CHECK(parts["ConfigMap"]["data"]["posts.json"].as<std::string>() == "[]");
}
