/** The API's forms under the names that the app uses. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Grant = Schemas["TokensOut"];
export type User = Schemas["UserOut"];
export type Branding = Schemas["BrandingOut"];
export type Dashboard = Schemas["DashboardOut"];
export type TripRequest = Schemas["TripRequestOut"];
export type TripCorrection = Schemas["TripRequestCorrection"];
export type Enquiry = Schemas["EnquiryOut"];
export type EnquiryStatus = Enquiry["status"];
export type Message = Schemas["ThreadEntryOut"];
export type Quote = Schemas["QuoteOut"];
export type Option = Schemas["OptionOut"];
export type NewQuote = Schemas["GenerateIn"];
export type Client = Schemas["ClientOut"];
export type TimelineItem = Schemas["EventOut"];
export type Letter = Schemas["MailOut"];
export type LetterDetail = Schemas["MailDetailOut"];
export type Service = Schemas["ServiceOut"];
export type ProcessHealth = Schemas["ProcessHealthOut"];
export type Job = Schemas["JobOut"];
export type JobCounts = Schemas["JobCountsOut"];
export type Quarantined = Schemas["QuarantinedOut"];
export type Member = Schemas["MemberOut"];
export type Invitation = Schemas["InvitationOut"];
export type SignIn = Schemas["SessionOut"];
export type ApiKey = Schemas["ApiKeyOut"];
export type Scope = Schemas["Scope"];
export type AuditEntry = Schemas["AuditEntryOut"];
export type OutboxMail = Schemas["OutboxMailOut"];
export type HelpdeskAnswer = Schemas["ChatOut"];
export type Limit = Schemas["UsedLimit"];
