#!/usr/bin/env bash
# Builds everything that this machine's package feeds can restore, runs its tests and says what was left out and why.
#   ./test.sh           everything that fits in a few minutes
#   ./test.sh --long    also the long training runs (set RLLC_DATA for the ones on real pictures), and hundreds of kills,
#                       millions of fuzzed inputs and steps where the ordinary run has some (RLLC_SEED repeats a failure)
# The last line is "N passed, N failed, N skipped"; the exit status is 0 only where nothing failed and something passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Most of what a test runs it runs once: profiles of it cost more than they bring.
export DOTNET_TieredPGO=0

case "${1:-}" in
    "") ;;
    --long) export RLLC_LONG=1 ;;
    *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

# One compiler for all projects, of this run alone and stopped with it: starting one for each takes longer than most of them do.
export UseSharedCompilation=true SharedCompilationId="rllc-$$"
compiler="$(dotnet msbuild Directory.Build.props -getProperty:MSBuildToolsPath)/Roslyn/bincore/VBCSCompiler.dll"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"; dotnet "$compiler" -shutdown "-pipename:$SharedCompilationId"' EXIT
# probe IDS PROPERTY CONSEQUENCE: switches PROPERTY off where the packages IDS cannot be restored in the versions we use.
probe() {
    local ids=$1 property=$2 consequence=$3 id version log references="" versions=""
    for id in $ids; do
        version=$(sed -n "s/.*Include=\"$id\" Version=\"\([^\"]*\)\".*/\1/p" Directory.Packages.props)
        references+="<PackageReference Include=\"$id\" Version=\"[$version]\" />"
        versions+="${versions:+, }$id $version"
    done
    mkdir "$scratch/$property"
    cat >"$scratch/$property/probe.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>$references</ItemGroup>
</Project>
EOF
    if log=$(dotnet restore "$scratch/$property/probe.csproj" 2>&1); then
        echo "-p:$property=true" >"$scratch/$property.property"
    else
        echo "-p:$property=false" >"$scratch/$property.property"
        echo "left out: $versions, which this machine's feeds cannot restore ($(grep -oE 'NU[0-9]+' <<<"$log" | sort -u | paste -sd' ')): $consequence"
    fi
}

# Side by side: each waits for feeds.
probe ILGPU HasIlgpu "the kernels for GPUs are neither built nor tested; nothing else needs them" &
probe "TorchSharp TorchSharp-cpu" HasTorch "optimizers of TorchSharp's parameters are neither built nor tested; nothing else needs them" &
probe Verify.Xunit HasVerify "the snapshot tests compare the same *.verified.* files with the stand-in of the test project" &
wait
properties=($(cat "$scratch"/*.property))
[ -n "${RLLC_DATA:-}" ] || echo "left out: RLLC_DATA is not set: the tests on real pictures are skipped"
command -v cc >/dev/null || echo "left out: there is no C compiler (cc): the tests of the CUDA launcher are skipped"
command -v python3 >/dev/null || echo "left out: there is no python3: the tests of benchmarks/gpu are skipped"
command -v ptxas >/dev/null || echo "left out: there is no assembler of NVIDIA's (ptxas): the tests of what it makes of the kernels are skipped"
[ -n "${RLLC_LONG:-}" ] || echo "left out: the long training runs (./test.sh --long)"

dotnet build Rllc.sln -c Release -nologo -v quiet "${properties[@]}"

results="$scratch/results"
status=0
dotnet test Rllc.sln -c Release --no-build -nologo -v quiet --logger trx --results-directory "$results" "${properties[@]}" || status=$?

# A trx file counts total, executed, passed and failed; what was not executed was skipped.
shopt -s nullglob
read -r passed failed skipped < <(
    grep -ho '<Counters [^>]*>' "$results"/*.trx /dev/null |
        awk '{ match($0, / total="[0-9]+"/);    total    += substr($0, RSTART + 8,  RLENGTH - 9)
               match($0, / executed="[0-9]+"/); executed += substr($0, RSTART + 11, RLENGTH - 12)
               match($0, / passed="[0-9]+"/);   passed   += substr($0, RSTART + 9,  RLENGTH - 10) }
             END { print passed + 0, executed - passed, total - executed }')
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
