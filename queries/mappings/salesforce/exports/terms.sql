-- What do the records of Salesforce mean? Ids of 15 and 18 letters as one, what is deleted, days, kinds of activity.

-- the last three letters of an id of 18 say which of the others are capitals: one letter for each five
create macro crm_capital(letter, bit) as if(letter between 'A' and 'Z', bit, 0);

create macro crm_check(id, n) as substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1
    + crm_capital(id[n], 1) + crm_capital(id[n + 1], 2) + crm_capital(id[n + 2], 4) + crm_capital(id[n + 3], 8)
    + crm_capital(id[n + 4], 16), 1);

create macro crm_checks(id) as crm_check(id, 1) || crm_check(id, 6) || crm_check(id, 11);

-- five letters with the capitals that their letter of the last three tells
create macro crm_capitals(five, letter) as list_reduce(list_transform(range(1, 6), lambda n: if(
    (strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', letter) - 1) & (1 << (n - 1)) > 0, upper(five[n]), lower(five[n]))),
    lambda a, b: a || b);

-- an id in its 18 letters, also where another program lost its capitals; what is no such id stays as it is
create macro crm_id(id) as case
    when length(id) = 18 and regexp_full_match(id, '[0-9A-Za-z]{15}[A-Z0-5]{3}') and crm_checks(id) = id[16:18] then id
    when regexp_full_match(trim(id), '[0-9A-Za-z]{15}') then trim(id) || crm_checks(trim(id))
    when regexp_full_match(trim(id), '[0-9A-Za-z]{15}[A-Za-z0-5]{3}') then
        crm_capitals(trim(id)[1:5], upper(trim(id)[16])) || crm_capitals(trim(id)[6:10], upper(trim(id)[17]))
        || crm_capitals(trim(id)[11:15], upper(trim(id)[18])) || upper(trim(id)[16:18])
    else trim(id) end;

create macro is_yes(flag) as coalesce(lower(trim(flag)) in ('true', '1', 'yes', 'y'), false);

-- the day of a date with or without a time, as the export has it
create macro day_part(moment) as coalesce(nullif(regexp_extract(moment, '^\d{4}-\d\d-\d\d'), ''), moment);

create macro is_past(moment) as try_cast(day_part(moment) as date) < current_date;

-- "Site Visit" is site_visit
create macro kind_word(type) as nullif(trim(regexp_replace(lower(type), '[^\p{L}\p{N}]+', '_', 'g'), '_'), '');

-- a task is closed by its flag; where the export lacks that, by the status that Salesforce ships for it
create macro is_closed(flag, status) as if(flag is null, coalesce(lower(status) = 'completed', false), is_yes(flag));
