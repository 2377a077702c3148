//! Tokens with a known issuer: what one looks like.
//!
//! A pattern is tried only where one of its anchors stands, and only there: anchored, on a stretch of bounded length. So the
//! work for a text grows with its length and the number of anchors in it, whatever it holds.
//!
//! The forms are those that issuers document or that their own scanners publish; lengths are lower bounds, since issuers
//! make tokens longer without notice.

/// One form of token.
pub(crate) struct Token {
    /// The type in its placeholders.
    pub(crate) kind: &'static str,
    /// Literals, one of which is in every token, in lower case: they are found whatever the case. None: the pattern is tried
    /// at the start of every long run of letters and digits.
    pub(crate) anchors: &'static [&'static str],
    /// Most bytes of the token before the anchor.
    pub(crate) before: usize,
    /// The token. Group 1, if there is one, is the secret in it.
    pub(crate) pattern: &'static str,
    /// What the secret must be besides.
    pub(crate) check: Check,
}

/// What a secret must be besides fitting the pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// Nothing.
    Any,
    /// Made at random: digits and letters mixed, not one letter over and over.
    Random,
}

macro_rules! tokens {
    ($($kind:literal, [$($anchor:literal),*], $before:literal, $check:ident, $pattern:literal;)*) => {
        &[$(Token {
            kind: $kind,
            anchors: &[$($anchor),*],
            before: $before,
            check: Check::$check,
            pattern: $pattern,
        }),*]
    };
}

/// Every form, one line each: type, anchors, bytes before the anchor, check, pattern.
pub(crate) const TOKENS: &[Token] = tokens![
    "anthropic-key", ["sk-ant-"], 0, Any, r"sk-ant-[A-Za-z0-9_-]{16,}";
    "openai-key", ["sk-"], 0, Random, r"sk-(?:proj-|svcacct-|admin-|none-|or-v1-)?[A-Za-z0-9_-]{20,}";
    "openai-key", ["sess-"], 0, Random, r"sess-[A-Za-z0-9]{40,}";
    "aws-key", ["akia", "asia", "abia", "acca", "a3t"], 0, Any, r"(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\b";
    "aws-key", ["absk"], 0, Any, r"ABSK[A-Za-z0-9+/]{60,}={0,2}";
    "aws-key", ["bedrock-api-key-"], 0, Any, r"bedrock-api-key-[A-Za-z0-9+/=_-]{20,}";
    "aws-key", ["amzn.mws.", "amzn1.oa2-cs."], 0, Any, r"(?:amzn\.mws\.[0-9a-f-]{36}|amzn1\.oa2-cs\.v1\.[0-9a-f]{40,})";
    "google-key", ["aiza"], 0, Any, r"AIza[A-Za-z0-9_-]{35}";
    "google-oauth", ["gocspx-"], 0, Any, r"GOCSPX-[A-Za-z0-9_-]{20,}";
    "google-oauth", ["ya29."], 0, Any, r"ya29\.[A-Za-z0-9._-]{20,}";
    "google-oauth", ["1//0"], 0, Random, r"1//0[A-Za-z0-9_-]{24,}";
    "azure-secret", ["q~"], 4, Any, r"[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}";
    "azure-secret", ["azdo"], 76, Any, r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}";
    "azure-secret", ["+ast", "+acdb", "+arm", "+aioc", "+asb", "+aeh"], 76, Any, r"[A-Za-z0-9+/]{33,76}\+(?:ASt|ACDb|ARm|AIoC|ASb|AEh)[A-Za-z0-9+/]{5,6}={1,2}";
    "azure-secret", ["azca", "azfu", "azse"], 44, Any, r"[A-Za-z0-9+/_-]{42,44}(?:AzCa|AzFu|AzSe)[A-Za-z0-9+/]{5,6}(?:==)?";
    "azure-sas", ["sig="], 0, Random, r"sig=([A-Za-z0-9%+/]{40,60}(?:%3[dD]|=))";
    "github-token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], 0, Any, r"gh[pousr]_[A-Za-z0-9]{36,}";
    "github-token", ["github_pat_"], 0, Any, r"github_pat_[A-Za-z0-9_]{22,}";
    "gitlab-token", ["glpat-", "gldt-", "glrt-", "glptt-", "glrtr-", "glcbt-", "glagent-", "gloas-", "glft-", "glimt-", "glsoat-", "glffct-", "glwt-"], 0, Any, r"gl(?:pat|dt|rt|ptt|rtr|cbt|agent|oas|ft|imt|soat|ffct|wt)-[A-Za-z0-9_.-]{16,}";
    "gitlab-token", ["gr1348941"], 0, Any, r"GR1348941[A-Za-z0-9_-]{20,}";
    "slack-token", ["xoxa", "xoxb", "xoxc", "xoxd", "xoxe", "xoxo", "xoxp", "xoxr", "xoxs", "xapp-", "xwfp-"], 0, Random, r"(?i:xox[abcdeoprs](?:\.xox[a-z])?|xapp|xwfp)-[A-Za-z0-9%/+_-]{10,}";
    "slack-webhook", ["hooks.slack.com/"], 0, Any, r"(?i)hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/_-]{20,})";
    "stripe-key", ["sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_"], 0, Any, r"[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}";
    "webhook-secret", ["whsec_"], 0, Any, r"whsec_[A-Za-z0-9+/=]{20,}";
    "npm-token", ["npm_"], 0, Random, r"npm_[A-Za-z0-9]{36,}\b";
    "pypi-token", ["pypi-"], 0, Random, r"pypi-[A-Za-z0-9_-]{50,}";
    "rubygems-key", ["rubygems_"], 0, Any, r"rubygems_[a-f0-9]{48}\b";
    "crates-token", ["cio"], 0, Random, r"cio[A-Za-z0-9]{32}\b";
    "nuget-key", ["oy2"], 0, Random, r"oy2[a-z0-9]{43}\b";
    "clojars-token", ["clojars_"], 0, Any, r"(?i)CLOJARS_[a-z0-9]{60}\b";
    "docker-token", ["dckr_pat_", "dckr_oat_"], 0, Any, r"dckr_[po]at_[A-Za-z0-9_-]{20,}";
    "huggingface-token", ["hf_"], 0, Any, r"hf_[A-Za-z0-9]{30,}\b";
    "huggingface-token", ["api_org_"], 0, Any, r"api_org_[A-Za-z0-9]{30,}\b";
    "twilio-key", [], 0, Random, r"(?:SK|AC)[0-9a-f]{32}\b";
    "discord-token", [], 0, Random, r"[MNO][A-Za-z0-9]{22,27}\.[A-Za-z0-9_-]{5,7}\.[A-Za-z0-9_-]{27,}";
    "zhipu-key", [], 0, Random, r"[a-f0-9]{32}\.[A-Za-z0-9_-]{16,}\b";
    "sendgrid-key", ["sg."], 0, Any, r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}";
    "telegram-token", [":aa"], 12, Any, r"[0-9]{8,12}:AA[A-Za-z0-9_-]{32,34}";
    "discord-webhook", ["/api/webhooks/"], 0, Any, r"/api/webhooks/[0-9]{15,21}/([A-Za-z0-9_-]{40,})";
    "teams-webhook", ["webhook.office.com/"], 0, Any, r"(?i)webhook\.office\.com/webhookb2/([A-Za-z0-9@/-]{60,})";
    "zapier-webhook", ["hooks.zapier.com/"], 0, Any, r"(?i)hooks\.zapier\.com/hooks/catch/([A-Za-z0-9/]{8,})";
    "datadog-key", ["ddapp_", "ddapi_"], 0, Random, r"dda(?:pp|pi)_[A-Za-z0-9]{30,}";
    "grafana-token", ["glsa_"], 0, Any, r"glsa_[A-Za-z0-9]{20,}_[A-Fa-f0-9]{8}";
    "grafana-token", ["glc_"], 0, Any, r"glc_[A-Za-z0-9+/=]{32,}";
    "grafana-token", ["eyjriijoi", "eyjrijoi"], 0, Any, r"eyJrIjoi[A-Za-z0-9+/_-]{40,}={0,2}";
    "vault-token", ["hvs.", "hvb.", "hvr."], 0, Any, r"hv[sbr]\.[A-Za-z0-9_-]{24,}";
    "vault-token", ["s."], 0, Random, r"s\.[A-Za-z0-9]{24}\b";
    "terraform-token", [".atlasv1."], 14, Any, r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}";
    "databricks-token", ["dapi", "dose", "dkea", "dsapi"], 0, Random, r"(?:dapi|dose|dkea|dsapi)[a-f0-9]{32}(?:-[0-9]{1,2})?\b";
    "shopify-token", ["shpat_", "shpca_", "shppa_", "shpss_", "shpua_"], 0, Any, r"shp(?:at|ca|pa|ss|ua)_[A-Fa-f0-9]{32}";
    "digitalocean-token", ["dop_v1_", "doo_v1_", "dor_v1_"], 0, Any, r"do[por]_v1_[a-f0-9]{64}";
    "cloudflare-token", ["v1.0-"], 0, Any, r"v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}";
    "cloudflare-token", ["cfut_", "cfat_", "cfk_"], 0, Random, r"cf(?:ut|at|k)_[A-Za-z0-9_-]{36,}";
    "linear-key", ["lin_api_", "lin_oauth_", "lin_wh_"], 0, Any, r"lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,}";
    "notion-token", ["ntn_"], 0, Any, r"ntn_[A-Za-z0-9]{40,}";
    "notion-token", ["secret_"], 0, Random, r"secret_[A-Za-z0-9]{43}\b";
    "atlassian-token", ["atatt3", "atctt3", "atstt3", "atbb"], 0, Random, r"(?:AT[ACS]TT3[A-Za-z0-9_=-]{40,}|ATBB[A-Za-z0-9]{32,})";
    "vercel-token", ["vcp_", "vci_", "vca_", "vcr_", "vck_"], 0, Random, r"vc[piark]_[A-Za-z0-9]{24,}";
    "vercel-token", ["vercel_blob_rw_"], 0, Any, r"vercel_blob_rw_[A-Za-z0-9_]{20,}";
    "supabase-key", ["sbp_"], 0, Random, r"sbp_(?:oauth_|v0_)?[a-z0-9]{40}\b";
    "supabase-key", ["sb_secret_"], 0, Any, r"sb_secret_[A-Za-z0-9_-]{20,}";
    "argus-key", ["argus_"], 0, Any, r"argus_[a-z]{1,8}_[A-Za-z0-9]{8,}_[A-Za-z0-9]{20,}";
    "sentry-token", ["sntrys_", "sntryu_", "sntryi_"], 0, Any, r"sntry[sui]_[A-Za-z0-9+/=_-]{40,}";
    "new-relic-key", ["nrak-", "nrjs-", "nrii-", "nraa-", "nral"], 0, Random, r"(?:NRAK-[A-Z0-9]{27}|NRJS-[a-f0-9]{19}|NRII-[A-Za-z0-9_-]{32}|NRAA-[a-f0-9]{27}|[a-f0-9]{36}NRAL)";
    "mailgun-key", ["key-"], 0, Random, r"key-[0-9a-f]{32}\b";
    "mailchimp-key", ["-us"], 32, Random, r"[0-9a-f]{32}-us[0-9]{1,2}\b";
    "postman-key", ["pmak-"], 0, Any, r"PMAK-[A-Za-z0-9]{24}-[A-Za-z0-9]{34}";
    "planetscale-token", ["pscale_"], 0, Any, r"pscale_(?:tkn|oauth|pw)_[A-Za-z0-9=._-]{32,}";
    "pulumi-token", ["pul-"], 0, Random, r"pul-[a-f0-9]{40}\b";
    "replicate-token", ["r8_"], 0, Random, r"r8_[A-Za-z0-9]{37,}";
    "fly-token", ["fo1_", "fm1_", "fm2_", "fm1r_", "fm1a_"], 0, Random, r"(?:fo1_[A-Za-z0-9_-]{40,}|fm[12][ar]?_[A-Za-z0-9+/=]{60,})";
    "doppler-token", ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."], 0, Any, r"dp\.(?:pt|ct|sa|scim|audit|st(?:\.[a-z0-9_-]{2,35})?)\.[A-Za-z0-9]{40,44}";
    "figma-token", ["figd_", "figu_", "figdr_", "figo"], 0, Random, r"fig(?:d|u|dr|oh|or|o)_[A-Za-z0-9_-]{36,}";
    "heroku-key", ["hrku-"], 0, Any, r"HRKU-[A-Za-z0-9_-]{36,}";
    "perplexity-key", ["pplx-"], 0, Random, r"pplx-[A-Za-z0-9]{40,}";
    "groq-key", ["gsk_"], 0, Random, r"gsk_[A-Za-z0-9]{40,}";
    "xai-key", ["xai-"], 0, Random, r"xai-[A-Za-z0-9_]{60,}";
    "cerebras-key", ["csk-"], 0, Random, r"csk-[a-z0-9]{40,}";
    "together-key", ["tgp_v1_"], 0, Any, r"tgp_v1_[A-Za-z0-9_-]{40,}";
    "fireworks-key", ["fw_"], 0, Random, r"fw_[A-Za-z0-9]{22,}\b";
    "langchain-key", ["lsv2_"], 0, Any, r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}";
    "nvidia-key", ["nvapi-"], 0, Any, r"nvapi-[A-Za-z0-9_-]{40,}";
    "pinecone-key", ["pcsk_"], 0, Random, r"pcsk_[A-Za-z0-9_]{40,}";
    "tavily-key", ["tvly-"], 0, Random, r"tvly-(?:dev-|prod-)?[A-Za-z0-9_-]{20,}";
    "firecrawl-key", ["fc-"], 0, Random, r"fc-[0-9a-f]{32}\b";
    "typeform-token", ["tfp_"], 0, Any, r"tfp_[A-Za-z0-9_.=-]{40,}";
    "airtable-token", ["pat"], 0, Random, r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b";
    "adafruit-key", ["aio_"], 0, Random, r"aio_[A-Za-z0-9]{28}\b";
    "alibaba-key", ["ltai"], 0, Random, r"LTAI[A-Za-z0-9]{12,28}\b";
    "tencent-key", ["akid"], 0, Random, r"AKID[A-Za-z0-9]{28,40}\b";
    "tailscale-key", ["tskey-"], 0, Any, r"tskey-(?:[a-z]{3,8}-)?[A-Za-z0-9]{6,}-[A-Za-z0-9]{4,}";
    "netlify-token", ["nfp_", "nfc_", "nfu_", "nfb_"], 0, Random, r"nf[pcub]_[A-Za-z0-9_-]{36,}";
    "prefect-key", ["pnu_", "pnb_"], 0, Any, r"pn[ub]_[A-Za-z0-9]{36}\b";
    "readme-key", ["rdme_"], 0, Random, r"rdme_[a-z0-9]{60,}";
    "shippo-token", ["shippo_live_", "shippo_test_"], 0, Any, r"shippo_(?:live|test)_[A-Fa-f0-9]{40}\b";
    "brevo-key", ["xkeysib-", "xsmtpsib-"], 0, Any, r"x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}";
    "contentful-token", ["cfpat-"], 0, Any, r"CFPAT-[A-Za-z0-9_-]{40,}";
    "easypost-key", ["ezak", "eztk"], 0, Random, r"EZ[AT]K[A-Za-z0-9]{54}\b";
    "dynatrace-token", ["dt0"], 0, Any, r"dt0[a-z]{1}[0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}";
    "facebook-token", ["eaa"], 0, Random, r"EAA(?:[MC]|AC?)[A-Za-z0-9]{60,}";
    "flutterwave-key", ["flwseck"], 0, Any, r"FLWSECK(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?";
    "frameio-token", ["fio-u-"], 0, Any, r"fio-u-[A-Za-z0-9_=-]{64}";
    "jfrog-token", ["akcp"], 0, Random, r"AKCp[A-Za-z0-9]{10,}";
    "jfrog-token", ["cmvmdgtu"], 0, Any, r"cmVmdGtu[A-Za-z0-9]{56}";
    "launchdarkly-key", ["sdk-", "api-", "mob-"], 0, Random, r"(?:sdk|api|mob)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b";
    "mapbox-token", ["sk.eyj", "tk.eyj"], 0, Any, r"[st]k\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}";
    "octopus-key", ["api-"], 0, Random, r"API-[A-Z0-9]{25,31}\b";
    "onepassword-token", ["ops_eyj"], 0, Any, r"ops_eyJ[A-Za-z0-9+/_-]{100,}={0,3}";
    "onepassword-key", ["a3-"], 0, Any, r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}";
    "openshift-token", ["sha256~"], 0, Random, r"sha256~[A-Za-z0-9_-]{43}";
    "plaid-token", ["access-sandbox-", "access-development-", "access-production-"], 0, Any, r"access-(?:sandbox|development|production)-[0-9a-f-]{36}";
    "razorpay-key", ["rzp_live_", "rzp_test_"], 0, Any, r"rzp_(?:live|test)_[A-Za-z0-9]{14,}";
    "scalingo-token", ["tk-us-"], 0, Any, r"tk-us-[A-Za-z0-9_-]{40,}";
    "sonar-token", ["sqa_", "sqp_", "squ_"], 0, Any, r"sq[apu]_[a-f0-9]{40}\b";
    "square-token", ["sq0atp-", "sq0csp-", "sq0idp-", "sq0coidp-"], 0, Any, r"sq0(?:atp|csp|idp|coidp)-[A-Za-z0-9_-]{22,}";
    "square-token", ["eaaa"], 0, Random, r"EAAA[A-Za-z0-9_-]{50,}";
    "sourcegraph-token", ["sgp_", "slk_", "sgd_"], 0, Random, r"(?:sgp|slk|sgd)_(?:[A-Za-z0-9]{16}_|local_)?[A-Fa-f0-9]{40,}\b";
    "yandex-key", ["aqvn", "y0_", "yc", "t1."], 0, Random, r"(?:AQVN[A-Za-z0-9_-]{35,}|y0_[A-Za-z0-9_-]{50,}|YC[A-Za-z0-9_-]{38}|t1\.[A-Z0-9a-z_-]+={0,2}\.[A-Za-z0-9_-]{86}={0,2})";
    "buildkite-token", ["bkua_", "bkaj_", "bkat_", "bkps_"], 0, Any, r"bk(?:ua|aj|at|ps)_[a-z0-9]{32,}";
    "circleci-token", ["ccipat_", "cciprj_"], 0, Any, r"CCI(?:PAT|PRJ)_[A-Za-z0-9]{20,}_[a-f0-9]{40}";
    "deno-token", ["ddp_", "ddw_", "ddo_"], 0, Random, r"dd[pwo]_[A-Za-z0-9]{36,}";
    "harness-token", ["pat.", "sat."], 0, Any, r"[ps]at\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}";
    "maxmind-key", ["_mmk"], 36, Random, r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk\b";
    "resend-key", ["re_"], 0, Random, r"re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{20,}\b";
    "retool-token", ["retool_"], 0, Random, r"retool_[A-Za-z0-9]{20,}";
    "mongodb-secret", ["mdb_sa_sk_"], 0, Any, r"mdb_sa_sk_[A-Za-z0-9_-]{40,}";
    "age-key", ["age-secret-key-1", "age-secret-key-pq-1"], 0, Any, r"AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{58,}";
    "wireguard-key", ["privatekey"], 0, Random, r"(?i)PrivateKey\s{0,4}=\s{0,4}([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)";
    "apify-token", ["apify_api_"], 0, Any, r"apify_api_[A-Za-z0-9]{30,}";
    "duffel-token", ["duffel_test_", "duffel_live_"], 0, Any, r"duffel_(?:test|live)_[A-Za-z0-9_=-]{40,}";
    "checkly-key", ["cu_"], 0, Random, r"cu_[a-f0-9]{32}\b";
    "aikido-secret", ["aik_"], 0, Random, r"AIK_[A-Z]{3,10}_[A-Za-z0-9_]{30,}";
    "workato-token", ["wrkaus-", "wrkaeu-", "wrkajp-", "wrkasg-", "wrkaau-", "wrkat-"], 0, Any, r"wrka[a-z]{1,2}-[A-Za-z0-9_.=-]{40,}";
    "zuplo-key", ["zpka_"], 0, Any, r"zpka_[A-Za-z0-9_]{30,}";
    "honeycomb-key", ["hcaik_", "hcbik_", "hccik_", "hcdik_", "hcalk_"], 0, Any, r"hc[a-z](?:ik|lk)_[A-Za-z0-9]{40,}";
    "mergify-key", ["mka_"], 0, Random, r"mka_[A-Za-z0-9]{20,}";
    "posthog-key", ["phx_", "phs_"], 0, Random, r"ph[xs]_[A-Za-z0-9]{40,}";
    "render-key", ["rnd_"], 0, Random, r"rnd_[A-Za-z0-9]{28,}\b";
    "rootly-key", ["rootly_"], 0, Random, r"rootly_[a-f0-9]{60,}";
    "wakatime-key", ["waka_"], 0, Any, r"waka_[0-9a-f-]{36}";
    "elevenlabs-key", ["sk_"], 0, Random, r"sk_[0-9a-f]{40,}\b";
    "trigger-key", ["tr_dev_", "tr_prod_", "tr_stg_"], 0, Random, r"tr_(?:dev|prod|stg|preview)_[A-Za-z0-9]{16,}";
    "infracost-key", ["ico-"], 0, Random, r"ico-[A-Za-z0-9]{32}(?:[^.A-Za-z0-9]|\z)";
    "endor-key", ["endr+"], 0, Random, r"endr\+[A-Za-z0-9-]{16,}";
    "asana-token", ["/1"], 1, Random, r"[0-9]/1[0-9]{15}(?:/[0-9]{16})?:[0-9a-f]{32}\b";
    "twitter-token", ["aaaaaaaaaaaaaaaaaaaa"], 0, Random, r"A{20,22}[A-Za-z0-9%]{30,}";
    "klaviyo-key", ["pk_"], 0, Random, r"pk_[a-f0-9]{34}\b";
    "cursor-key", ["key_", "crsr_"], 0, Random, r"(?:key|crsr)_[a-f0-9]{28,}\b";
    "brave-key", ["bsa"], 0, Random, r"BSA[A-Za-z0-9_-]{27,29}\b";
    "devin-key", ["apk_user_", "apk_", "cog_"], 0, Random, r"(?:apk(?:_user)?|cog)_[A-Za-z0-9=_]{30,}";
    "exoscale-key", ["exo"], 0, Random, r"EXO[a-f0-9]{24,28}\b";
    "nightfall-key", ["nf-"], 0, Random, r"NF-([A-Za-z0-9]{32})\b";
    "val-town-token", ["vtwn_"], 0, Any, r"vtwn_[A-Za-z0-9]{20,}";
    "weights-key", ["wandb_v1_"], 0, Any, r"wandb_v1_[A-Za-z0-9_]{40,}";
    "gocardless-token", ["live_", "sandbox_"], 0, Random, r"(?:live|sandbox)_[A-Za-z0-9_=-]{38,}";
    "live-key", ["live_", "test_", "prod_"], 0, Random, r"(?:[a-z]{2,6}_)?(?:live|test|prod)_[A-Za-z0-9]{20,}\b";
    "hubspot-token", ["pat-na", "pat-eu"], 0, Any, r"pat-(?:na|eu)[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    "pubnub-key", ["sub-c-", "pub-c-", "sec-c-"], 0, Any, r"(?:[sp]ub-c-[0-9a-z]{8}-[0-9a-z-]{27}|sec-c-[A-Za-z0-9=]{40,})";
    "cockroach-key", ["ccdb1_"], 0, Any, r"CCDB1_[A-Za-z0-9]{20,24}_[A-Za-z0-9]{32,}";
    "clickhouse-key", [], 0, Random, r"4b1d[A-Za-z0-9]{38}\b";
    "ionic-token", ["ion_"], 0, Random, r"ion_[A-Za-z0-9]{40,}\b";
    "friendli-token", ["flp_"], 0, Random, r"flp_[A-Za-z0-9]{40,}\b";
    "coderabbit-key", ["cr-"], 0, Random, r"cr-[0-9a-f]{40,}\b";
    "intra42-secret", ["s-s4t2"], 0, Any, r"s-s4t2(?:ud|af)-[0-9a-f]{60,}";
    "dropbox-token", ["sl."], 0, Random, r"sl\.(?:u\.)?[A-Za-z0-9_-]{120,}";
    "telnyx-key", ["key0"], 0, Random, r"KEY0[A-Fa-f0-9]{28,32}_[A-Za-z0-9]{20,}";
    "voiceflow-key", ["vf.dm.", "vf.ws."], 0, Any, r"VF\.(?:DM|WS)\.[a-f0-9]{24}\.[A-Za-z0-9]{16}";
    "authress-key", ["sc_", "ext_", "scauth_", "authress_"], 0, Random, r"(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][A-Za-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,}";
    "mergify-key", ["mergify_application_key_"], 0, Any, r"mergify_application_key_[A-Za-z0-9_-]{40,}";
    "beamer-key", ["b_"], 0, Random, r"b_[A-Za-z0-9=_-]{44}\b";
    "coze-token", ["pat_"], 0, Random, r"pat_[A-Za-z0-9]{40,}\b";
    "pagarme-key", ["ak_live_", "ak_test_"], 0, Any, r"ak_(?:live|test)_[A-Za-z0-9]{24,}";
    "telegram-token", ["tgram://", "/bot"], 0, Any, r"(?:tgram://|/bot)([0-9]{7,12}:[A-Za-z0-9_-]{35})";
    "alchemy-key", ["alchemyapi.io/v2/", "alchemy.com/v2/"], 0, Any, r"(?i)alchemy(?:api)?\.(?:io|com)/v2/([A-Za-z0-9_-]{28,})";
    "infura-key", ["infura.io/v3/"], 0, Any, r"(?i)infura\.io/v3/([0-9a-f]{32})";
    "mattermost-webhook", ["/hooks/"], 0, Random, r"/hooks/([a-z0-9]{26})\b";
    "adobe-secret", ["p8e-"], 0, Random, r"p8e-[A-Za-z0-9_-]{32}\b";
    "defined-key", ["dnkey-"], 0, Any, r"dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}";
    "settlemint-token", ["sm_pat_", "sm_sat_", "sm_aat_"], 0, Any, r"sm_[psa]at_[A-Za-z0-9]{16}";
    "paseto", ["v1.local.", "v2.local.", "v3.local.", "v4.local.", "v1.public.", "v2.public.", "v3.public.", "v4.public."], 0, Any, r"v[1-4]\.(?:local|public)\.[A-Za-z0-9_-]{32,}(?:\.[A-Za-z0-9_-]+)?";
    "wallet-key", ["xprv"], 0, Random, r"xprv[A-Za-z0-9]{100,}";
    "mailgun-key", [], 0, Random, r"[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}\b";
    "password-hash", ["$apr1$", "{ssha", "{sha}", "{crypt}"], 0, Any, r"(?:\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|(?i:\{(?:ssha(?:256|512)?|sha|crypt)\})[A-Za-z0-9+/=.$]{20,})";
    "password-hash", [":::"], 66, Any, r"(?:[0-9a-fA-F]{32}|NO PASSWORD\*+):[0-9a-fA-F]{32}";
    "password-hash", ["$2a$", "$2b$", "$2y$"], 0, Any, r"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}";
    "password-hash", ["$argon2", "$scrypt$", "$pbkdf2", "$6$", "$5$", "$1$", "$y$"], 0, Any, r"\$(?:argon2(?:id|i|d)|scrypt|pbkdf2-[a-z0-9]+|6|5|1|y)\$[A-Za-z0-9./+=,$-]{20,}";
    "jwt", ["eyj"], 0, Any, r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]{4,})?\.?";
    "jwt", ["eyj"], 0, Any, r"eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{0,800}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{10,}";
];
