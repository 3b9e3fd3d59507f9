package io.meterport.adapters.http;

import io.meterport.application.access.AuthorizeKey;
import io.meterport.application.access.ManageKeys;
import io.meterport.application.access.RateLimit;
import io.meterport.application.access.ReadAudit;
import io.meterport.application.dashboard.QueryDashboard;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.application.ingest.ListEvents;
import io.meterport.application.meter.DefineMeter;
import io.meterport.application.meter.FindMeters;
import io.meterport.application.meter.QueryUsage;
import io.meterport.application.portal.AuthenticateBearer;
import io.meterport.application.portal.FindPortalValues;
import io.meterport.application.portal.FollowUsage;
import io.meterport.application.portal.IssuePortalToken;
import io.meterport.application.portal.ListPortalEvents;
import io.meterport.application.portal.ListPortalTokens;
import io.meterport.application.portal.QueryPortalDashboard;
import io.meterport.application.portal.QueryPortalUsage;
import io.meterport.application.portal.RevokePortalTokens;
import io.meterport.application.portal.ShowPortalSession;
import io.meterport.application.spi.Verification;
import io.meterport.application.subject.EraseSubject;
import io.meterport.application.subject.FindSubjects;
import io.meterport.application.subject.RegisterSubjects;
import io.meterport.application.upkeep.MakeBackup;

/** All that the API can do. */
public record UseCases(
        Events events,
        Meters meters,
        Subjects subjects,
        Tokens tokens,
        Portal portal,
        Access access,
        Upkeep upkeep) {
    /** What can be done with events. */
    public record Events(IngestEvents ingest, ListEvents list) {}

    /** What can be done with meters. */
    public record Meters(
            DefineMeter define, FindMeters find, QueryUsage usage, QueryDashboard dashboard) {}

    /** What can be done with registered subjects. */
    public record Subjects(RegisterSubjects register, FindSubjects find) {}

    /** What backends can do with portal tokens. */
    public record Tokens(
            IssuePortalToken issue, ListPortalTokens list, RevokePortalTokens revoke) {}

    /**
     * What holders of portal tokens can do.
     *
     * @param byToken how often one token may ask
     * @param bySubject how often all tokens of one subject may
     */
    public record Portal(
            AuthenticateBearer bearers,
            QueryPortalUsage usage,
            QueryPortalDashboard dashboard,
            ShowPortalSession session,
            FindPortalValues values,
            ListPortalEvents events,
            FollowUsage follow,
            RateLimit byToken,
            RateLimit bySubject) {}

    /** What can be done with API keys. */
    public record Access(AuthorizeKey authorize, ManageKeys manage, ReadAudit audit) {}

    /** What can be done with the store as a whole. */
    public record Upkeep(EraseSubject erase, Verification verify, MakeBackup backup) {}
}
