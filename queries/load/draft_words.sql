-- Which headings and values of everyday exports mean which column and word? English and German; `kaptui init --from`
-- looks here. Over 80 lines because it is a list.

-- headings as they read without case, accents and signs, the surest first; * is any table
create view draft_heading as
select table_name, column_name, trim(unnest(string_split(headings, ','))) as heading from (values
    ('account', 'account_id', 'account id, customer id, customer no, customer number, account no, account number, '
        || 'kundennummer, kunden nr, kundennr, kd nr, kdnr, debitor, debitoren nr, kunnr, id'),
    ('account', 'name', 'account name, customer name, kundenname, kunde, customer, account, client, '
        || 'company, firma, name1'),
    ('account', 'manager_id', 'account manager, key account manager, kam, owner e mail, owner email, owner, manager, '
        || 'kundenbetreuer, betreuer, verantwortlich, verantwortlicher'),
    ('account', 'tier', 'tier, segment, class, klasse, abc, priority, prioritat, stufe'),
    ('account', 'status', 'status, type, typ, account status, kundenstatus'),
    ('account', 'region', 'region, area, gebiet, vertriebsgebiet, territory, land, country'),
    ('account', 'industry', 'industry, branche, sector, sektor'),
    ('account', 'parent_id', 'parent id, parent account, konzern, konzernmutter'),
    ('account', 'external_id', 'external id, customer no, customer number, kundennummer, kunden nr, kd nr, debitor'),
    ('person', 'person_id', 'employee id, personal nr, personalnummer, personnel no, mitarbeiter nr, '
        || 'staff id, user id, id'),
    ('person', 'name', 'name, full name, employee, mitarbeiter, employee name'),
    ('person', 'function', 'department, abteilung, function, funktion, bereich'),
    ('person', 'level', 'level, band, grade, stufe, job level, hierarchie'),
    ('person', 'active', 'active, aktiv, austritt, exit date, leaving date, left on, austrittsdatum'),
    ('person', 'line_manager_id', 'line manager, manager, vorgesetzter, vorgesetzte, reports to, supervisor'),
    ('person', 'trained_on', 'trained on, training, schulung, letzte schulung'),
    ('stakeholder', 'stakeholder_id', 'contact id, kontakt id, contact no, id'),
    ('stakeholder', 'name', 'name, contact name, full name, contact, kontakt, ansprechpartner'),
    ('stakeholder', 'role', 'role, title, job title, position, funktion, rolle'),
    ('stakeholder', 'level', 'level, seniority'),
    ('stakeholder', 'active', 'active, aktiv'),
    ('activity', 'activity_id', 'activity id, task id, event id, aktivitat id, id'),
    ('activity', 'person_id', 'assigned to, owner, user, employee, mitarbeiter, verantwortlich, zustandig, who, wer'),
    ('activity', 'stakeholder_id', 'contact id, contact, kontakt, ansprechpartner'),
    ('activity', 'kind', 'kind, type, activity type, typ, art, aktivitatsart'),
    ('activity', 'occurred_on', 'occurred on, date, activity date, datum, start date, due date, tag'),
    ('activity', 'side', 'side, seite'),
    ('activity', 'status', 'status'),
    ('activity', 'note', 'subject, note, notes, betreff, notiz, comment, kommentar'),
    ('financial_period', 'period_start', 'month, period, monat, periode, buchungsmonat, date, datum'),
    ('financial_period', 'currency', 'currency, wahrung, curr, waehrung'),
    ('financial_period', 'revenue', 'revenue, net revenue, sales, net sales, umsatz, nettoumsatz, erlos, '
        || 'erlose, turnover'),
    ('financial_period', 'cogs', 'cogs, cost of goods sold, cost of sales, wareneinsatz, kosten, '
        || 'herstellkosten, costs, '
        || 'umsatzkosten'),
    ('financial_period', 'cost_to_serve', 'cost to serve, servicekosten, kundenkosten'),
    ('plan', 'name', 'plan, plan name, name'),
    ('plan', 'plan_id', 'plan id'),
    ('objective', 'plan_id', 'plan id, plan, account plan'),
    ('objective', 'objective_id', 'objective id'),
    ('objective', 'name', 'objective, ziel, goal, aim, name'),
    ('objective', 'owner_id', 'owner, responsible, verantwortlich, who, wer'),
    ('objective', 'value_type', 'unit, einheit'),
    ('objective', 'baseline_value', 'baseline, ausgangswert, start value'),
    ('objective', 'current_value', 'actual, current, ist, istwert'),
    ('objective', 'target_value', 'target, zielwert, soll'),
    ('action', 'action_id', 'action id'),
    ('action', 'name', 'action, massnahme, aktion, task, step, name'),
    ('action', 'objective_id', 'objective id, objective, ziel, goal'),
    ('action', 'owner_id', 'owner, who, responsible, verantwortlich, wer'),
    ('action', 'done_on', 'done on, done, completed on, erledigt am, erledigt'),
    ('sponsorship', 'internal', 'interner sponsor, internal sponsor, sponsor intern, sponsor'),
    ('sponsorship', 'external', 'sponsor beim kunden, external sponsor, externer sponsor, sponsor at customer'),
    ('sponsorship', 'internal_start', 'seit, since, seit intern, internal since, start, start date'),
    ('sponsorship', 'external_start', 'seit ext, since ext, seit extern, external since'),
    ('sponsorship', 'counterpart_id', 'ansprechpartner, counterpart, contact, kontakt, contact person'),
    ('assessment', '1', 'top, anchored at the top'),
    ('assessment', '2', 'qua, quality, qualitat, quality over quantity'),
    ('assessment', '3', 'lon, long term, long horizon, langfristig, long horizon living plan'),
    ('assessment', '4', 'tea, team, team and customer in the plan'),
    ('assessment', '5', 'kam, account manager, real account managers'),
    ('assessment', '6', 'sel, selection, auswahl, rigorous selection'),
    ('assessment', 'note', 'comment, kommentar, note, notiz, bemerkung'),
    ('*', 'start_on', 'start, start date, beginn, from, von'),
    ('*', 'end_on', 'end, end date, ende, until, bis'),
    ('*', 'due_on', 'due, due date, fallig, fallig am, termin, faelligkeit'),
    ('*', 'status', 'status, stand'))
    as words (table_name, column_name, headings);

-- words in the name of a file or sheet
create view draft_file_word as
select table_name, trim(unnest(string_split(words, ','))) as word from (values
    ('account', 'accounts, account, customers, kunden, kundenliste, kundenstamm, key accounts'),
    ('person', 'hr, employees, people, persons, mitarbeiter, personal, users, staff'),
    ('stakeholder', 'contacts, kontakte, ansprechpartner, stakeholders'),
    ('activity', 'activities, activity, aktivitaten, tasks, events, besuche'),
    ('objective', 'objectives, ziele, goals'),
    ('action', 'actions, massnahmen, aktionen'),
    ('plan', 'plans, plane, account plans'),
    ('sponsorship', 'sponsors, sponsoren, sponsorships'),
    ('assessment', 'steerco, assessments, scores, bewertung, bewertungen, scoring'),
    ('financial_period', 'financials, finanzen, umsatz, revenue, sales, ledger, finance'))
    as file (table_name, words);

-- values as they read without case and signs; `sure` where they can mean nothing else
create view draft_value as
select table_name, column_name, trim(unnest(string_split(cells, ','))) as cell, meant, sure from (values
    ('account', 'tier', 'a, a kunde, gold, tier 1', '1', false),
    ('account', 'tier', 'b, b kunde, silver, silber, tier 2', '2', false),
    ('account', 'tier', 'c, c kunde, bronze, tier 3', '3', false),
    ('account', 'status', 'aktiv', 'active', true),
    ('account', 'status', 'customer, kunde', 'active', false),
    ('account', 'status', 'lost customer, former customer, inactive, ehemaliger kunde, verloren', 'exited', false),
    ('account', 'status', 'new customer, neukunde', 'onboarding', false),
    ('activity', 'status', 'completed, erledigt, abgeschlossen, held, closed', 'done', true),
    ('activity', 'status', 'geplant, scheduled, open, not started', 'planned', true),
    ('activity', 'status', 'canceled, abgesagt, storniert', 'cancelled', true),
    ('activity', 'kind', 'anruf, telefonat, phone call', 'call', true),
    ('activity', 'kind', 'site visit, besuch, kundenbesuch', 'visit', false),
    ('activity', 'kind', 'executive meeting', 'exec_meeting', false),
    ('activity', 'kind', 'jahresgesprach, jahresendverhandlung', 'year_end_negotiation', false),
    ('objective', 'status', 'open, offen, not started, neu', 'new', false),
    ('objective', 'status', 'in arbeit, in bearbeitung, laufend', 'in_progress', true),
    ('objective', 'status', 'done, completed, erledigt, abgeschlossen', 'closed', true),
    ('objective', 'value_type', '%, prozent', 'percent', true),
    ('objective', 'value_type', '#, anzahl, stuck', 'number', true),
    ('objective', 'value_type', '€, eur, usd, chf, gbp, teur', 'currency', true),
    ('plan', 'status', 'aktiv, in progress', 'active', true),
    ('programme', 'status', 'aktiv, running, laufend', 'active', true))
    as value (table_name, column_name, cells, meant, sure);
