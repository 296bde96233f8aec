# Adds up JUnit reports (TEST-*.xml) in Surefire's form: one line, "Tests run: ...".
#
# <testsuite ... tests="4" errors="0" skipped="2" failures="0" ...>
function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
/<testsuite / { run += value("tests"); failures += value("failures"); errors += value("errors"); skipped += value("skipped") }
END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", run, failures, errors, skipped }
