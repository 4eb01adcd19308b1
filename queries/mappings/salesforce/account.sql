-- Which accounts are in the programme? All that the export holds: its WHERE chooses the key accounts.
-- Who is no user of the export is no manager; a country stands for the region where the company keeps none.
select
    a.Id as account_id, a.Name as name,
    case when a.OwnerId in (from known_person) then a.OwnerId end as manager_id,
    a.Tier__c as tier, a.Status__c as status, coalesce(a.Region__c, a.BillingCountry) as region,
    a.Industry as industry, a.ParentId as parent_id, a.Selected_On__c as selected_on,
    a.Selection_Score__c as selection_score, a.Kept_On__c as kept_on, a.Manager_Since__c as manager_since,
    a.AccountNumber as external_id
from salesforce.account as a
where not is_yes(a.IsDeleted)
