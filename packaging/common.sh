# SPDX-FileCopyrightText: 2026 The Trackside authors
# SPDX-License-Identifier: Apache-2.0
#
# Shared by run and test: installs what is missing, configures, builds. Sourced, not run.
# Quick when nothing is missing: one dpkg-query and a configured build tree.

set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

packages_build=(
    build-essential cmake ninja-build pkg-config ccache mold
    qt6-base-dev qt6-svg-dev libqt6svg6
    libssl-dev libqrencode-dev
    libsqlite3-dev nlohmann-json3-dev libexpected-dev zlib1g-dev libzstd-dev
    node-llhttp libsimdjson-dev libre2-dev libpcre2-dev libidn2-dev libyaml-cpp-dev
)
packages_window=(fonts-dejavu-core)
packages_test=(
    clang-format clang-tidy json-schema-test-suite curl
    nodejs npm chromium firefox-esr libnss3-tools ca-certificates openssl
    python3 python3-requests ruby php-cli php-curl
    xvfb xauth xdotool openbox imagemagick
)

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        echo "These packages are missing and sudo is not there to install them. As root, run:" >&2
        echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 2
    fi
}

# install_packages PACKAGE...
install_packages() {
    missing=()
    local package status
    for package in "$@"; do
        # npm on a machine with a Node.js of its own comes with it: Debian's would pull in a second one.
        if { [ "$package" = nodejs ] || [ "$package" = npm ]; } && command -v node > /dev/null && command -v npm > /dev/null; then
            continue
        fi
        status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)
        [ "$status" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get update -qq
    as_root apt-get install -y -qq --no-install-recommends --no-remove "${missing[@]}" > /dev/null
}

node_folder=$project/build/node

# The npm packages of the tests, when they are not those of the lock file.
install_node_modules() {
    if cmp -s "$project/tests/integration/package-lock.json" "$node_folder/package-lock.json" 2> /dev/null \
        && [ -d "$node_folder/node_modules" ]; then
        return
    fi
    say "Installing the tests' npm packages"
    mkdir -p "$node_folder"
    cp "$project/tests/integration/package.json" "$project/tests/integration/package-lock.json" "$node_folder/"
    (cd "$node_folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) \
        || { rm -f "$node_folder/package-lock.json"; exit 2; }
}

# build PRESET TARGET...
build() {
    local preset=$1
    shift
    local options=()
    [ "${CI:-}" = true ] && options+=(-DCMAKE_COMPILE_WARNING_AS_ERROR=ON)
    if [ ! -f "$project/build/$preset/build.ninja" ] || [ "${CI:-}" = true ]; then
        say "Configuring ($preset)"
        (cd "$project" && cmake --preset "$preset" "${options[@]}" > "/tmp/trackside-configure.$$" 2>&1) \
            || { cat "/tmp/trackside-configure.$$" >&2; exit 2; }
        rm -f "/tmp/trackside-configure.$$"
    fi
    local targets=()
    [ $# -gt 0 ] && targets=(--target "$@")
    (cd "$project" && cmake --build --preset "$preset" "${targets[@]}" -- --quiet) >&2
}
