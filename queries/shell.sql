-- Where do I start in a plain DuckDB shell? Choices, all accounts, the whole model.
-- In the folder that holds `queries`:
--     duckdb -cmd "attach 'portfolio.duckdb' as file (read_only); copy from database file to memory"
--     D .read queries/shell.sql
--     D .read queries/panels/whale_curve.sql
-- Fewer accounts: `delete from selection where account_id not in (...)`, at any time. Another day or basis: change the
-- row of `choice` below and read this file in a new shell, since tables of the model rest on it.

.read queries/load/default_activity_kinds.sql
insert into activity_kind by name from default_activity_kind anti join activity_kind using (kind);
.read queries/settings.sql
.read queries/model/choice.sql
-- today, as_of, since, basis, window, rates
insert into choice values (current_date, null, null, null, 'ttm', 'monthly');
insert into selection select account_id from account;
.read queries/model/words.sql
.read queries/model/terms.sql
.read queries/model/has_rows.sql
.read queries/model/rates.sql
.read queries/model/indicator_terms.sql
.read queries/model/thresholds.sql
.read queries/model/scope.sql
.read queries/model/context.sql
.read queries/model/score_terms.sql
.read queries/model/booked_spans.sql
.read queries/model/corrections.sql
.read queries/model/money.sql
.read queries/model/plans.sql
.read queries/model/sponsorship.sql
.read queries/model/timeline.sql
.read queries/model/scores.sql
.read queries/model/explain_lines.sql
.read queries/model/factor_trend.sql
.read queries/model/windows.sql
.read queries/model/sponsorship_at_as_of.sql
.read queries/model/account_page.sql
.read queries/model/plan_standings.sql
.read queries/model/review_figures.sql
.read queries/model/yardsticks.sql
.read queries/model/contacts.sql
.read queries/model/in_file.sql
.read queries/model/leaders.sql
.read queries/model/sponsorship_chosen.sql
.read queries/model/sponsorship_gaps.sql
.read queries/model/contribution.sql
.read queries/model/programmes.sql
.read queries/model/acquaintance.sql
.read queries/model/evidence.sql
.read queries/model/explain_sponsors.sql
.read queries/model/last_negotiation.sql
.read queries/model/moves_since.sql
.read queries/model/explain_money.sql
.read queries/model/group_standings.sql
.read queries/model/profit_bridge.sql
.read queries/model/proposal.sql
.read queries/model/evidence_of_sponsors.sql
.read queries/model/indicator_rows.sql
.read queries/model/negotiations.sql
.read queries/model/evidence_judged.sql
.read queries/model/attention.sql
.read queries/model/account_standing.sql
.read queries/model/claim_gaps.sql
.read queries/model/explain_scores.sql
.read queries/model/factor_rows.sql
.read queries/model/account_card.sql
.read queries/model/explain_reasons.sql
.read queries/model/levers.sql
.read queries/model/factor_groups.sql
.read queries/model/changes.sql
.read queries/model/account_asks.sql
.read queries/model/brief_terms.sql
.read queries/model/brief_money.sql
.read queries/model/brief_people.sql
