/** Any JSON: what tools are given and give back. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
