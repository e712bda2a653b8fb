import type { components } from "./schema";

type Schemas = components["schemas"];

export type Branding = Schemas["Branding"];
export type Dashboard = Schemas["Dashboard"];
export type TripRequest = Schemas["TripRequest"];
export type EnquiryItem = Schemas["EnquiryItem"];
export type Enquiry = Schemas["Enquiry"];
export type Message = Schemas["Message"];
export type Quote = Schemas["Quote"];
export type Option = Schemas["Option"];
export type Client = Schemas["Client"];
export type TimelineItem = Schemas["TimelineItem"];
export type StageTotal = Schemas["StageTotal"];
