#!/bin/sh
# `juesuan check` and what `juesuan build` does with findings. What each rule finds is tests/check/rules_test.sh.
. tests/cmd/tap.sh
cd "$ground" || exit 1
"$juesuan" init content >/dev/null
cp -R content clean
report=content/departments/example/culture/2024/report.json
form=content/departments/example/culture/2024/projects/p01.json
narrative=content/departments/example/culture/2024/narrative.md

fresh() { # the sources as they were
    rm -rf content
    cp -R clean content
}
edit() { # file what by
    grep -qF -e "$2" "$1" || fail "$1 has no $2"
    python3 - "$@" <<'PY'
import sys
path, what, by = sys.argv[1:]
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write(text.replace(what, by, 1))
PY
}
wrong_rate() { # 112.00 / 1262.00, the wrong base, instead of 112.00 / 1150.00
    edit $report '"prior_rate": "9.74"' '"prior_rate": "8.87"'
}
acknowledge() { # rule figure
    edit $report '"tables": {' "\"acknowledgements\": [{\"rule\": \"$1\", \"figure\": \"$2\", \"reason\": \"原文如此（虚构）\"}], \"tables\": {"
}
check_() { # argument...
    run "$juesuan" check "$@"
}

# --- what is checked ---

all_well='2 reports; 129 of 148 figures checked; 65 balances held, 0 did not, 1 could not be checked
0 errors, 0 warnings, 0 notes; 0 acknowledged'
reports() { # operand expected
    check_ "$1"
    is "$status ${out%%;*}" "0 $2" "check $1: $2"
}
check_
is "$status$out$err" "0$all_well" 'the sources of init: nothing is found, and how much was checked is said'
check_ clean
is "$out" "$all_well" 'another folder'
check_ --content clean
is "$out" "$all_well" '--content: another folder'
reports example/culture '2 reports'
reports example '2 reports'
reports example/culture/2024 '1 report'
reports content/departments/example/culture/2023/ '1 report'
reports departments/example/culture '2 reports'
no() { # operand expected
    check_ "$1"
    is "$status $err" "2 $2" "check $1"
}
no example/cultur "juesuan: error[unknown-department]: there is no department 'example/cultur' in content
  did you mean 'example/culture'?"
no example/culture/2030 'juesuan: error[unknown-report]: there is no report of 2030 in example/culture of content'
check_ --content nothing
is "$status" 3 'no content folder'
check_ one two
is "$status" 2 'two operands'
check_ --format xml
is "$status $err" "2 juesuan check: --format must be text, json or sarif, not 'xml'" 'an unknown format'

# --- rules ---

wrong_rate
check_
is "$status $out" '1 2 reports; 129 of 148 figures checked; 65 balances held, 0 did not, 1 could not be checked
1 error, 0 warnings, 0 notes; 0 acknowledged' 'an error'
# (the second and the third line show the source, see report_test.sh)
is "$(echo "$err" | sed 2,3d)" "$report:18:85: error[rate-base]: “收入支出决算总表”的“总计”：比上年增减率写 8.87%，比上年增减额除以上年数 1150.00 万元 应为 9.74%；原文看来除以了本年的数
  mend it; or, if it was published so, acknowledge it in report.json: {\"rule\": \"rate-base\", \"figure\": \"income_expenditure_summary/total/prior_rate\", \"reason\": \"...\"}
  note: income_expenditure_summary/total/prior_rate 8.87 % $report:18:85
  note: income_expenditure_summary/total/prior_change 112.00 万元 $report:18:61
  note: income_expenditure_summary/total/final 1262.00 万元 $report:18:34" 'where it is, what it should be, how to acknowledge it, and the figures'
check_ example/culture/2023
is "$status$err" 0 'the report of another year'
check_ --rule rate-base
is "$status" 1 '--rule: what it finds'
check_ --rule share
is "$status$err" 0 '--rule: another one'
check_ --rule rate-bas
is "$status $err" "2 juesuan: error[unknown-rule]: there is no rule 'rate-bas'
  did you mean 'rate-base'?" '--rule: an unknown one'
check_ --rule balance-three-publik
has "$err" "did you mean 'balance-three-public'?" '--rule: an unknown balance'
check_ --explain rate-base
is "$status $out" '0 rate-base（error）
  增减率的基数 · Base of a rate of change
  读: 增减率、增减额、本年数和基数
  说: 增减率除的是本年数，应当除以上年数或年初预算' '--explain'
check_ --explain balance-three-public
is "$status $out" '0 balance-three-public（error）
  “三公”经费＝出国（境）＋公务用车＋公务接待
  样张: example-2024
  表: three_public
  逐个核对: column
  等式: total = abroad + vehicles + reception' '--explain: a balance of a profile'
check_ --explain rate-bas
is "$status$out" 2 '--explain: an unknown one'

# --- severities ---

fresh
edit $form ', "reason": "设备检修闭馆两天，以后错开节假日检修"' ''
check_
is "$status" 0 'a warning alone is no failure'
has "$err" ': warning[score-reason]: ' 'a warning is told'
fresh
edit $report '  "approved": "2025-08-14",
  "published": "2025-08-29",
' ''
check_
is "$status $(echo "$err" | head -1)" \
    "0 $report: note[timeliness]: 没有写批复（approved）和公开（published）的日期，是否在批复后 20 日内公开无法核对" \
    'without dates, timeliness cannot be checked'
fresh
edit $report '"published": "2025-08-29"' '"published": "2025-09-03"'
check_
is "$status$err" 0 '20 days after the approval'
edit $report '"published": "2025-09-03"' '"published": "2025-09-04"'
check_
has "$err" 'warning[timeliness]: 2025-08-14 批复，2025-09-04 公开，相隔 21 日，超过 20 日' '21 days after the approval'

# --- acknowledgements ---

fresh
wrong_rate
acknowledge rate-base income_expenditure_summary/total/prior_rate
check_
is "$status$err" 0 'what is acknowledged is silent'
has "$out" '0 errors, 0 warnings, 0 notes; 1 acknowledged' 'and counted apart'
fresh
acknowledge rate-base income_expenditure_summary/total/prior_rate
check_
is "$status" 0 'an acknowledgement of nothing is no error'
has "$err" "$report:11:33: warning[acknowledgement]: 没有“rate-base income_expenditure_summary/total/prior_rate”的发现" \
    'an acknowledgement of nothing is a finding'
fresh
wrong_rate
acknowledge rate-base income_expenditure_summary/total/final
check_
is "$status" 1 'an acknowledgement of another figure does not help'
has "$err" 'warning[acknowledgement]' 'and is a finding'

# --- for machines ---

fresh
wrong_rate
edit $form ', "reason": "设备检修闭馆两天，以后错开节假日检修"' ''
edit $report '"final": "0.30"' '"final": "0.40"'
acknowledge balance-three-public three_public/total/final
check_ --format json
is "$status$err" 1 '--format json: the status'
check '--format json: the findings' python3 - "$ground/.out" <<'PY'
import json, sys

told = json.load(open(sys.argv[1], encoding="utf-8"))
assert told["command"] == "check" and told["status"] == 1 and told["errors"] == [], told
keys = "rule severity acknowledged reason department year figures stated recomputed message".split()
figure_keys = "address file line column stated unit".split()
for finding in told["findings"]:
    assert list(finding) == keys, list(finding)
    assert all(list(figure) == figure_keys for figure in finding["figures"])
    assert finding["department"] == "example/culture" and finding["year"] == 2024
    for figure in finding["figures"]:
        # what is stated stands at that place
        line = open(figure["file"], encoding="utf-8").read().split("\n")[figure["line"] - 1]
        assert line[figure["column"] :].startswith(figure["stated"] + '"'), (figure, line)
found = [(f["rule"], f["severity"], f["acknowledged"], f["reason"], f["stated"], f["recomputed"]) for f in told["findings"]]
assert found == [
    ("rate-base", "error", False, None, "8.87%", "9.74%"),
    ("balance-three-public", "error", True, "原文如此（虚构）", "4.50 万元", "4.60 万元"),
    ("score-reason", "warning", False, None, "24.84 分", None),
], found
addresses = [figure["address"] for figure in told["findings"][1]["figures"]]
assert addresses == [f"example/culture/2024/three_public/{line}/final" for line in ("total", "vehicles", "reception")]
assert told["checked"] == {
    "reports": 2, "figures": 148, "figures_checked": 129, "balances_held": 64, "balances_broken": 1,
    "balances_unchecked": 1, "errors": 1, "warnings": 1, "notes": 0, "acknowledged": 1,
}, told["checked"]
PY
check_ --format sarif
is "$status$err" 1 '--format sarif: the status'
check '--format sarif: what SARIF 2.1.0 wants, and the findings' python3 - "$ground/.out" <<'PY'
import json, sys

log = json.load(open(sys.argv[1], encoding="utf-8"))
assert log["version"] == "2.1.0" and len(log["runs"]) == 1
(run,) = log["runs"]
driver = run["tool"]["driver"]
assert driver["name"] == "juesuan" and run["columnKind"] == "unicodeCodePoints"
ids = [rule["id"] for rule in driver["rules"]]
assert len(ids) == len(set(ids)) and "rate-base" in ids and "balance-three-public" in ids
for rule in driver["rules"]:
    assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
    assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
assert [r["ruleId"] for r in run["results"]] == ["rate-base", "balance-three-public", "score-reason"]
for result in run["results"]:
    assert result["ruleId"] in ids and result["message"]["text"] and result["level"] in ("error", "warning")
    assert len(result["locations"]) == 1
    assert [related["id"] for related in result["relatedLocations"]] == list(range(1, len(result["relatedLocations"]) + 1))
    for place in result["locations"] + result["relatedLocations"]:
        physical = place["physicalLocation"]
        assert physical["artifactLocation"]["uri"].startswith("content/departments/example/culture/2024/")
        assert physical["region"]["startLine"] > 1 and physical["region"]["startColumn"] > 1
suppressed = [result.get("suppressions") for result in run["results"]]
assert suppressed == [None, [{"kind": "inSource", "justification": "原文如此（虚构）"}], None], suppressed
PY
for jobs in 1 4; do
    check_ --format json --jobs $jobs
    printf '%s' "$out" >"$jobs.json"
done
check 'the same whatever the number of threads' cmp 1.json 4.json

# --- mistakes in the sources ---

fresh
edit $report '"year": 2024' '"yaer": 2024'
check_ --format json
is "$status $(echo "$out" | grep -c '"id": "unknown-key"')" '1 1' 'a mistake in the sources, in JSON'
check_ --format sarif
check 'a mistake in the sources, in SARIF' python3 - "$ground/.out" <<'PY'
import json, sys

results = json.load(open(sys.argv[1], encoding="utf-8"))["runs"][0]["results"]
assert "unknown-key" in [result["ruleId"] for result in results], results
place = next(result for result in results if result["ruleId"] == "unknown-key")["locations"][0]["physicalLocation"]
assert place["region"] == {"startLine": 4, "startColumn": 3}, place
PY

# --- builds ---

fresh
build content site
is "$status" 0 'a build of what is right'
site_was=$(fingerprint site)
printf '\n咨询电话：010-12345678。\n' >>$narrative
build content site
is "$status" 1 'personal data stops a build'
has "$err" ': error[personal-data]: 文字里有电话号码（010******78）' 'and is told'
has "$err" 'juesuan: nothing was changed in site' 'nothing was changed'
is "$(fingerprint site)" "$site_was" 'and nothing was'
build content fresh
check_not 'nor is anything written elsewhere' test -e fresh
acknowledge personal-data narrative
build content site
is "$status" 0 'personal data that is acknowledged can be published'

fresh
wrong_rate
build content site
is "$status" 0 'another error does not stop a build'
has "$out" "The checks found 1 error, 0 warnings and 0 notes; 0 acknowledged: see 'juesuan check' and site/quality/" \
    'but the build says so'
site_was=$(fingerprint site)
edit $report '"final": "0.30"' '"final": "0.40"'
build content site --strict
is "$status" 1 '--strict: it does'
has "$err" 'error[rate-base]' '--strict: and is told'
is "$(fingerprint site)" "$site_was" '--strict: nothing was changed'
fresh
wrong_rate
acknowledge rate-base income_expenditure_summary/total/prior_rate
build content site --strict
is "$status" 0 '--strict: what is acknowledged is no error'

done_testing
