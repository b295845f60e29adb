// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// A peer of bench_schema: bytes to verdict with valijson over nlohmann's values. SCHEMA EVENTS COUNT
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

int main(int argc, char *argv[])
{
    if (argc != 4) {
        return 2;
    }
    try {
        std::ifstream schemaFile(argv[1]);
        const auto schemaJson = nlohmann::json::parse(schemaFile);
        valijson::Schema schema;
        valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(schemaJson), schema);
        std::vector<std::string> events;
        std::ifstream eventFile(argv[2]);
        for (std::string line; std::getline(eventFile, line);) {
            events.push_back(line);
        }
        const std::size_t count = std::stoul(argv[3]);
        std::size_t valid = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto event = nlohmann::json::parse(events[i % events.size()]);
            valid += valijson::Validator().validate(schema, valijson::adapters::NlohmannJsonAdapter(event),
                                                    nullptr)
                         ? 1
                         : 0;
        }
        return valid == count ? 0 : 1;
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << '\n';
        return 2;
    }
}
