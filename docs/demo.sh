#!/bin/sh
# What `make demo` shows: the Scottish picture in the embedded store, and what it says.
set -eu
graphmodel="${BIN:-.venv/bin}/graphmodel"

run() {
    printf '\n$ graphmodel'
    for word in "$@"; do
        case $word in *[\ \&]*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n\n'
    "$graphmodel" "$@"
}

run load scotland scotland-public
run report clusters
run report centrality --limit 8
run candidates "Renfrewshire Civil Contingencies Service"
printf '\nThe picture is in %s. Next: graphmodel --help\n' "$GRAPHMODEL_HOME"
