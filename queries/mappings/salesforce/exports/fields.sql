-- Which objects and fields of Salesforce does the mapping read? API names of version 62.0 and later, in any case.
-- Over 80 lines because it lists them all. `not null`: an export without that field is none of this object. A comment
-- says which tables an object feeds, and what is not known without it or without a field. Fields that end in __c are
-- the company's own: who adds one of that name to the object has it read here, as the column of kaptui that it names;
-- all others are not read.

create schema salesforce;

create table salesforce.Account (
    Id varchar not null, Name varchar not null, OwnerId varchar, Industry varchar, BillingCountry varchar,
    ParentId varchar, AccountNumber varchar, IsDeleted varchar,
    Tier__c varchar, Status__c varchar, Region__c varchar, Selected_On__c varchar, Selection_Score__c varchar,
    Kept_On__c varchar, Manager_Since__c varchar);
comment on table salesforce.Account is 'account | no account comes from Salesforce';
comment on column salesforce.Account.OwnerId is 'no account has a manager';
comment on column salesforce.Account.AccountNumber is 'files of yours that name customers by number do not meet';

create table salesforce.Contact (
    Id varchar not null, AccountId varchar not null, Name varchar, FirstName varchar, LastName varchar, Title varchar,
    Department varchar, ReportsToId varchar, IsDeleted varchar,
    Level__c varchar, Active__c varchar, Stance__c varchar, Advisory_Board__c varchar);
comment on table salesforce.Contact is 'stakeholder | no contacts';
comment on column salesforce.Contact.Title is 'the role of a contact is its department';

create table salesforce.User (
    Id varchar not null, Name varchar, FirstName varchar, LastName varchar, Department varchar, IsActive varchar,
    ManagerId varchar,
    Level__c varchar, Trained_On__c varchar, Variable_Profit_Share__c varchar);
comment on table salesforce.User is 'person | nobody of your own is known: no managers, owners and sponsors';
comment on column salesforce.User.IsActive is 'everybody counts as still there';
comment on column salesforce.User.Department is 'nobody has a function';
comment on column salesforce.User.ManagerId is 'nobody has a line manager';

create table salesforce.Event (
    Id varchar not null, AccountId varchar, WhatId varchar, WhoId varchar, OwnerId varchar, Subject varchar,
    Type varchar, ActivityDate varchar, ActivityDateTime varchar, StartDateTime varchar, GroupEventType varchar,
    IsRecurrence varchar, IsDeleted varchar,
    Side__c varchar, Kind__c varchar);
comment on table salesforce.Event is 'activity, activity_kind | no meetings';
comment on column salesforce.Event.OwnerId is 'who of you was there is not known';
comment on column salesforce.Event.WhoId is 'no contact is reached, and every event counts as inside your company';
comment on column salesforce.Event.Type is 'every event is a meeting';

create table salesforce.Task (
    Id varchar not null, AccountId varchar, WhatId varchar, WhoId varchar, OwnerId varchar, Subject varchar,
    Type varchar, TaskSubtype varchar, Status varchar, IsClosed varchar, ActivityDate varchar,
    CompletedDateTime varchar, IsRecurrence varchar, IsDeleted varchar,
    Side__c varchar, Kind__c varchar);
comment on table salesforce.Task is 'activity, activity_kind, action | no calls, and no actions of objectives';
comment on column salesforce.Task.OwnerId is 'who of you did it is not known';
comment on column salesforce.Task.ActivityDate is 'no action is due';
comment on column salesforce.Task.CompletedDateTime is 'a closed task counts as done on the day it was due';

create table salesforce.AccountPlan (
    Id varchar not null, AccountId varchar not null, Name varchar, Status varchar, StartDate varchar, EndDate varchar,
    OwnerId varchar, AccountVision varchar, AccountStrategicPriorities varchar, AccountChallenges varchar,
    IsDeleted varchar,
    Approved_On__c varchar, Shared_With_Customer_On__c varchar);
comment on table salesforce.AccountPlan is 'plan | no plans';
comment on column salesforce.AccountPlan.Status is 'every plan counts as not started';
comment on column salesforce.AccountPlan.StartDate is 'which plan is the account''s goes by its status and id';
comment on column salesforce.AccountPlan.EndDate is 'no plan expires';

create table salesforce.AccountPlanObjective (
    Id varchar not null, AccountPlanId varchar not null, Name varchar, Status varchar, StartDate varchar,
    EndDate varchar, ObjectiveOwnerId varchar, OwnerId varchar, IsDeleted varchar,
    Joint__c varchar);
comment on table salesforce.AccountPlanObjective is 'objective | no objectives';
comment on column salesforce.AccountPlanObjective.Status is 'every objective counts as new';
comment on column salesforce.AccountPlanObjective.EndDate is 'no objective is due';

-- Salesforce keeps no value at the start of a measure
create table salesforce.AccountPlanObjectiveMeasure (
    Id varchar not null, AccountPlanObjectiveId varchar not null, Name varchar, ValueType varchar,
    CurrentValue varchar, CurrentCurrencyValue varchar, CurrentNumberValue varchar, CurrentPercentValue varchar,
    CurrentValueTimestamp varchar, TargetValue varchar, TargetCurrencyValue varchar, TargetNumberValue varchar,
    TargetPercentValue varchar, IsDeleted varchar,
    Baseline_Value__c varchar);
comment on table salesforce.AccountPlanObjectiveMeasure is 'objective | no measures of objectives, and no progress';
