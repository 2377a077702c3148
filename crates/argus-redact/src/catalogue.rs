//! The built-in rules, as a settings page shows them.

use serde::Serialize;

/// What rules have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Tokens and keys with a known issuer.
    Vendor,
    /// Key blocks and credential files.
    Block,
    /// Credentials known by what stands around them: headers, URLs, assignments, flags.
    Context,
    /// Structured identifiers of people: their placeholders carry no fingerprint, as they can be guessed.
    Identifier,
    /// Whole values, by the place where they stand.
    Place,
}

/// A built-in rule, known by the type in its placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RuleInfo {
    /// The type in its placeholders, such as `aws-key`.
    pub name: &'static str,
    /// What it belongs to.
    pub family: Family,
    /// What it finds, in a few words.
    pub title: &'static str,
}

/// Every built-in rule, in the order in which they are shown.
#[must_use]
pub fn rules() -> &'static [RuleInfo] {
    &RULES
}

static RULES: [RuleInfo; 176] = [
    RuleInfo {
        name: "anthropic-key",
        family: Family::Vendor,
        title: "Anthropic keys",
    },
    RuleInfo {
        name: "openai-key",
        family: Family::Vendor,
        title: "OpenAI keys",
    },
    RuleInfo {
        name: "aws-key",
        family: Family::Vendor,
        title: "AWS keys",
    },
    RuleInfo {
        name: "google-key",
        family: Family::Vendor,
        title: "Google keys",
    },
    RuleInfo {
        name: "google-oauth",
        family: Family::Vendor,
        title: "Google OAuth tokens",
    },
    RuleInfo {
        name: "azure-secret",
        family: Family::Vendor,
        title: "Azure secrets",
    },
    RuleInfo {
        name: "azure-sas",
        family: Family::Vendor,
        title: "Azure signatures of shared access",
    },
    RuleInfo {
        name: "github-token",
        family: Family::Vendor,
        title: "GitHub tokens",
    },
    RuleInfo {
        name: "gitlab-token",
        family: Family::Vendor,
        title: "GitLab tokens",
    },
    RuleInfo {
        name: "slack-token",
        family: Family::Vendor,
        title: "Slack tokens",
    },
    RuleInfo {
        name: "slack-webhook",
        family: Family::Vendor,
        title: "Slack webhook addresses",
    },
    RuleInfo {
        name: "stripe-key",
        family: Family::Vendor,
        title: "Stripe keys",
    },
    RuleInfo {
        name: "webhook-secret",
        family: Family::Vendor,
        title: "Webhook signing secrets",
    },
    RuleInfo {
        name: "npm-token",
        family: Family::Vendor,
        title: "npm tokens",
    },
    RuleInfo {
        name: "pypi-token",
        family: Family::Vendor,
        title: "PyPI tokens",
    },
    RuleInfo {
        name: "rubygems-key",
        family: Family::Vendor,
        title: "RubyGems keys",
    },
    RuleInfo {
        name: "crates-token",
        family: Family::Vendor,
        title: "crates.io tokens",
    },
    RuleInfo {
        name: "nuget-key",
        family: Family::Vendor,
        title: "NuGet keys",
    },
    RuleInfo {
        name: "clojars-token",
        family: Family::Vendor,
        title: "Clojars tokens",
    },
    RuleInfo {
        name: "docker-token",
        family: Family::Vendor,
        title: "Docker tokens",
    },
    RuleInfo {
        name: "huggingface-token",
        family: Family::Vendor,
        title: "Hugging Face tokens",
    },
    RuleInfo {
        name: "twilio-key",
        family: Family::Vendor,
        title: "Twilio keys",
    },
    RuleInfo {
        name: "discord-token",
        family: Family::Vendor,
        title: "Discord tokens",
    },
    RuleInfo {
        name: "zhipu-key",
        family: Family::Vendor,
        title: "Zhipu keys",
    },
    RuleInfo {
        name: "sendgrid-key",
        family: Family::Vendor,
        title: "SendGrid keys",
    },
    RuleInfo {
        name: "telegram-token",
        family: Family::Vendor,
        title: "Telegram tokens",
    },
    RuleInfo {
        name: "discord-webhook",
        family: Family::Vendor,
        title: "Discord webhook addresses",
    },
    RuleInfo {
        name: "teams-webhook",
        family: Family::Vendor,
        title: "Microsoft Teams webhook addresses",
    },
    RuleInfo {
        name: "zapier-webhook",
        family: Family::Vendor,
        title: "Zapier webhook addresses",
    },
    RuleInfo {
        name: "datadog-key",
        family: Family::Vendor,
        title: "Datadog keys",
    },
    RuleInfo {
        name: "grafana-token",
        family: Family::Vendor,
        title: "Grafana tokens",
    },
    RuleInfo {
        name: "vault-token",
        family: Family::Vendor,
        title: "HashiCorp Vault tokens",
    },
    RuleInfo {
        name: "terraform-token",
        family: Family::Vendor,
        title: "Terraform tokens",
    },
    RuleInfo {
        name: "databricks-token",
        family: Family::Vendor,
        title: "Databricks tokens",
    },
    RuleInfo {
        name: "shopify-token",
        family: Family::Vendor,
        title: "Shopify tokens",
    },
    RuleInfo {
        name: "digitalocean-token",
        family: Family::Vendor,
        title: "DigitalOcean tokens",
    },
    RuleInfo {
        name: "cloudflare-token",
        family: Family::Vendor,
        title: "Cloudflare tokens",
    },
    RuleInfo {
        name: "linear-key",
        family: Family::Vendor,
        title: "Linear keys",
    },
    RuleInfo {
        name: "notion-token",
        family: Family::Vendor,
        title: "Notion tokens",
    },
    RuleInfo {
        name: "atlassian-token",
        family: Family::Vendor,
        title: "Atlassian tokens",
    },
    RuleInfo {
        name: "vercel-token",
        family: Family::Vendor,
        title: "Vercel tokens",
    },
    RuleInfo {
        name: "supabase-key",
        family: Family::Vendor,
        title: "Supabase keys",
    },
    RuleInfo {
        name: "argus-key",
        family: Family::Vendor,
        title: "Argus keys",
    },
    RuleInfo {
        name: "sentry-token",
        family: Family::Vendor,
        title: "Sentry tokens",
    },
    RuleInfo {
        name: "new-relic-key",
        family: Family::Vendor,
        title: "New Relic keys",
    },
    RuleInfo {
        name: "mailgun-key",
        family: Family::Vendor,
        title: "Mailgun keys",
    },
    RuleInfo {
        name: "mailchimp-key",
        family: Family::Vendor,
        title: "Mailchimp keys",
    },
    RuleInfo {
        name: "postman-key",
        family: Family::Vendor,
        title: "Postman keys",
    },
    RuleInfo {
        name: "planetscale-token",
        family: Family::Vendor,
        title: "PlanetScale tokens",
    },
    RuleInfo {
        name: "pulumi-token",
        family: Family::Vendor,
        title: "Pulumi tokens",
    },
    RuleInfo {
        name: "replicate-token",
        family: Family::Vendor,
        title: "Replicate tokens",
    },
    RuleInfo {
        name: "fly-token",
        family: Family::Vendor,
        title: "Fly.io tokens",
    },
    RuleInfo {
        name: "doppler-token",
        family: Family::Vendor,
        title: "Doppler tokens",
    },
    RuleInfo {
        name: "figma-token",
        family: Family::Vendor,
        title: "Figma tokens",
    },
    RuleInfo {
        name: "heroku-key",
        family: Family::Vendor,
        title: "Heroku keys",
    },
    RuleInfo {
        name: "perplexity-key",
        family: Family::Vendor,
        title: "Perplexity keys",
    },
    RuleInfo {
        name: "groq-key",
        family: Family::Vendor,
        title: "Groq keys",
    },
    RuleInfo {
        name: "xai-key",
        family: Family::Vendor,
        title: "xAI keys",
    },
    RuleInfo {
        name: "cerebras-key",
        family: Family::Vendor,
        title: "Cerebras keys",
    },
    RuleInfo {
        name: "together-key",
        family: Family::Vendor,
        title: "Together keys",
    },
    RuleInfo {
        name: "fireworks-key",
        family: Family::Vendor,
        title: "Fireworks keys",
    },
    RuleInfo {
        name: "langchain-key",
        family: Family::Vendor,
        title: "LangChain keys",
    },
    RuleInfo {
        name: "nvidia-key",
        family: Family::Vendor,
        title: "NVIDIA keys",
    },
    RuleInfo {
        name: "pinecone-key",
        family: Family::Vendor,
        title: "Pinecone keys",
    },
    RuleInfo {
        name: "tavily-key",
        family: Family::Vendor,
        title: "Tavily keys",
    },
    RuleInfo {
        name: "firecrawl-key",
        family: Family::Vendor,
        title: "Firecrawl keys",
    },
    RuleInfo {
        name: "typeform-token",
        family: Family::Vendor,
        title: "Typeform tokens",
    },
    RuleInfo {
        name: "airtable-token",
        family: Family::Vendor,
        title: "Airtable tokens",
    },
    RuleInfo {
        name: "adafruit-key",
        family: Family::Vendor,
        title: "Adafruit keys",
    },
    RuleInfo {
        name: "alibaba-key",
        family: Family::Vendor,
        title: "Alibaba Cloud keys",
    },
    RuleInfo {
        name: "tencent-key",
        family: Family::Vendor,
        title: "Tencent Cloud keys",
    },
    RuleInfo {
        name: "tailscale-key",
        family: Family::Vendor,
        title: "Tailscale keys",
    },
    RuleInfo {
        name: "netlify-token",
        family: Family::Vendor,
        title: "Netlify tokens",
    },
    RuleInfo {
        name: "prefect-key",
        family: Family::Vendor,
        title: "Prefect keys",
    },
    RuleInfo {
        name: "readme-key",
        family: Family::Vendor,
        title: "ReadMe keys",
    },
    RuleInfo {
        name: "shippo-token",
        family: Family::Vendor,
        title: "Shippo tokens",
    },
    RuleInfo {
        name: "brevo-key",
        family: Family::Vendor,
        title: "Brevo keys",
    },
    RuleInfo {
        name: "contentful-token",
        family: Family::Vendor,
        title: "Contentful tokens",
    },
    RuleInfo {
        name: "easypost-key",
        family: Family::Vendor,
        title: "EasyPost keys",
    },
    RuleInfo {
        name: "dynatrace-token",
        family: Family::Vendor,
        title: "Dynatrace tokens",
    },
    RuleInfo {
        name: "facebook-token",
        family: Family::Vendor,
        title: "Facebook tokens",
    },
    RuleInfo {
        name: "flutterwave-key",
        family: Family::Vendor,
        title: "Flutterwave keys",
    },
    RuleInfo {
        name: "frameio-token",
        family: Family::Vendor,
        title: "Frame.io tokens",
    },
    RuleInfo {
        name: "jfrog-token",
        family: Family::Vendor,
        title: "JFrog tokens",
    },
    RuleInfo {
        name: "launchdarkly-key",
        family: Family::Vendor,
        title: "LaunchDarkly keys",
    },
    RuleInfo {
        name: "mapbox-token",
        family: Family::Vendor,
        title: "Mapbox tokens",
    },
    RuleInfo {
        name: "octopus-key",
        family: Family::Vendor,
        title: "Octopus Deploy keys",
    },
    RuleInfo {
        name: "onepassword-token",
        family: Family::Vendor,
        title: "1Password tokens",
    },
    RuleInfo {
        name: "onepassword-key",
        family: Family::Vendor,
        title: "1Password keys",
    },
    RuleInfo {
        name: "openshift-token",
        family: Family::Vendor,
        title: "OpenShift tokens",
    },
    RuleInfo {
        name: "plaid-token",
        family: Family::Vendor,
        title: "Plaid tokens",
    },
    RuleInfo {
        name: "razorpay-key",
        family: Family::Vendor,
        title: "Razorpay keys",
    },
    RuleInfo {
        name: "scalingo-token",
        family: Family::Vendor,
        title: "Scalingo tokens",
    },
    RuleInfo {
        name: "sonar-token",
        family: Family::Vendor,
        title: "SonarQube tokens",
    },
    RuleInfo {
        name: "square-token",
        family: Family::Vendor,
        title: "Square tokens",
    },
    RuleInfo {
        name: "sourcegraph-token",
        family: Family::Vendor,
        title: "Sourcegraph tokens",
    },
    RuleInfo {
        name: "yandex-key",
        family: Family::Vendor,
        title: "Yandex Cloud keys",
    },
    RuleInfo {
        name: "buildkite-token",
        family: Family::Vendor,
        title: "Buildkite tokens",
    },
    RuleInfo {
        name: "circleci-token",
        family: Family::Vendor,
        title: "CircleCI tokens",
    },
    RuleInfo {
        name: "deno-token",
        family: Family::Vendor,
        title: "Deno tokens",
    },
    RuleInfo {
        name: "harness-token",
        family: Family::Vendor,
        title: "Harness tokens",
    },
    RuleInfo {
        name: "maxmind-key",
        family: Family::Vendor,
        title: "MaxMind keys",
    },
    RuleInfo {
        name: "resend-key",
        family: Family::Vendor,
        title: "Resend keys",
    },
    RuleInfo {
        name: "retool-token",
        family: Family::Vendor,
        title: "Retool tokens",
    },
    RuleInfo {
        name: "mongodb-secret",
        family: Family::Vendor,
        title: "MongoDB secrets",
    },
    RuleInfo {
        name: "age-key",
        family: Family::Vendor,
        title: "age keys",
    },
    RuleInfo {
        name: "wireguard-key",
        family: Family::Vendor,
        title: "WireGuard keys",
    },
    RuleInfo {
        name: "apify-token",
        family: Family::Vendor,
        title: "Apify tokens",
    },
    RuleInfo {
        name: "duffel-token",
        family: Family::Vendor,
        title: "Duffel tokens",
    },
    RuleInfo {
        name: "checkly-key",
        family: Family::Vendor,
        title: "Checkly keys",
    },
    RuleInfo {
        name: "aikido-secret",
        family: Family::Vendor,
        title: "Aikido secrets",
    },
    RuleInfo {
        name: "workato-token",
        family: Family::Vendor,
        title: "Workato tokens",
    },
    RuleInfo {
        name: "zuplo-key",
        family: Family::Vendor,
        title: "Zuplo keys",
    },
    RuleInfo {
        name: "honeycomb-key",
        family: Family::Vendor,
        title: "Honeycomb keys",
    },
    RuleInfo {
        name: "mergify-key",
        family: Family::Vendor,
        title: "Mergify keys",
    },
    RuleInfo {
        name: "posthog-key",
        family: Family::Vendor,
        title: "PostHog keys",
    },
    RuleInfo {
        name: "render-key",
        family: Family::Vendor,
        title: "Render keys",
    },
    RuleInfo {
        name: "rootly-key",
        family: Family::Vendor,
        title: "Rootly keys",
    },
    RuleInfo {
        name: "wakatime-key",
        family: Family::Vendor,
        title: "WakaTime keys",
    },
    RuleInfo {
        name: "elevenlabs-key",
        family: Family::Vendor,
        title: "ElevenLabs keys",
    },
    RuleInfo {
        name: "trigger-key",
        family: Family::Vendor,
        title: "Trigger.dev keys",
    },
    RuleInfo {
        name: "infracost-key",
        family: Family::Vendor,
        title: "Infracost keys",
    },
    RuleInfo {
        name: "endor-key",
        family: Family::Vendor,
        title: "Endor keys",
    },
    RuleInfo {
        name: "asana-token",
        family: Family::Vendor,
        title: "Asana tokens",
    },
    RuleInfo {
        name: "twitter-token",
        family: Family::Vendor,
        title: "Twitter tokens",
    },
    RuleInfo {
        name: "klaviyo-key",
        family: Family::Vendor,
        title: "Klaviyo keys",
    },
    RuleInfo {
        name: "cursor-key",
        family: Family::Vendor,
        title: "Cursor keys",
    },
    RuleInfo {
        name: "brave-key",
        family: Family::Vendor,
        title: "Brave keys",
    },
    RuleInfo {
        name: "devin-key",
        family: Family::Vendor,
        title: "Devin keys",
    },
    RuleInfo {
        name: "exoscale-key",
        family: Family::Vendor,
        title: "Exoscale keys",
    },
    RuleInfo {
        name: "nightfall-key",
        family: Family::Vendor,
        title: "Nightfall keys",
    },
    RuleInfo {
        name: "val-town-token",
        family: Family::Vendor,
        title: "Val Town tokens",
    },
    RuleInfo {
        name: "weights-key",
        family: Family::Vendor,
        title: "Weights & Biases keys",
    },
    RuleInfo {
        name: "gocardless-token",
        family: Family::Vendor,
        title: "GoCardless tokens",
    },
    RuleInfo {
        name: "password-hash",
        family: Family::Context,
        title: "Password hashes",
    },
    RuleInfo {
        name: "jwt",
        family: Family::Context,
        title: "JSON web tokens",
    },
    RuleInfo {
        name: "live-key",
        family: Family::Vendor,
        title: "Live and test keys",
    },
    RuleInfo {
        name: "hubspot-token",
        family: Family::Vendor,
        title: "HubSpot tokens",
    },
    RuleInfo {
        name: "pubnub-key",
        family: Family::Vendor,
        title: "PubNub keys",
    },
    RuleInfo {
        name: "cockroach-key",
        family: Family::Vendor,
        title: "CockroachDB keys",
    },
    RuleInfo {
        name: "clickhouse-key",
        family: Family::Vendor,
        title: "ClickHouse keys",
    },
    RuleInfo {
        name: "ionic-token",
        family: Family::Vendor,
        title: "Ionic tokens",
    },
    RuleInfo {
        name: "friendli-token",
        family: Family::Vendor,
        title: "Friendli tokens",
    },
    RuleInfo {
        name: "coderabbit-key",
        family: Family::Vendor,
        title: "CodeRabbit keys",
    },
    RuleInfo {
        name: "intra42-secret",
        family: Family::Vendor,
        title: "42 Intra secrets",
    },
    RuleInfo {
        name: "dropbox-token",
        family: Family::Vendor,
        title: "Dropbox tokens",
    },
    RuleInfo {
        name: "telnyx-key",
        family: Family::Vendor,
        title: "Telnyx keys",
    },
    RuleInfo {
        name: "voiceflow-key",
        family: Family::Vendor,
        title: "Voiceflow keys",
    },
    RuleInfo {
        name: "authress-key",
        family: Family::Vendor,
        title: "Authress keys",
    },
    RuleInfo {
        name: "beamer-key",
        family: Family::Vendor,
        title: "Beamer keys",
    },
    RuleInfo {
        name: "coze-token",
        family: Family::Vendor,
        title: "Coze tokens",
    },
    RuleInfo {
        name: "pagarme-key",
        family: Family::Vendor,
        title: "Pagarme keys",
    },
    RuleInfo {
        name: "alchemy-key",
        family: Family::Vendor,
        title: "Alchemy keys",
    },
    RuleInfo {
        name: "infura-key",
        family: Family::Vendor,
        title: "Infura keys",
    },
    RuleInfo {
        name: "mattermost-webhook",
        family: Family::Vendor,
        title: "Mattermost webhook addresses",
    },
    RuleInfo {
        name: "adobe-secret",
        family: Family::Vendor,
        title: "Adobe client secrets",
    },
    RuleInfo {
        name: "defined-key",
        family: Family::Vendor,
        title: "Defined Networking keys",
    },
    RuleInfo {
        name: "settlemint-token",
        family: Family::Vendor,
        title: "SettleMint tokens",
    },
    RuleInfo {
        name: "paseto",
        family: Family::Vendor,
        title: "PASETO tokens",
    },
    RuleInfo {
        name: "wallet-key",
        family: Family::Vendor,
        title: "Extended private keys of wallets",
    },
    RuleInfo {
        name: "private-key",
        family: Family::Block,
        title: "Private keys: PEM, OpenSSH, PGP, PuTTY",
    },
    RuleInfo {
        name: "jwk",
        family: Family::Block,
        title: "Private members of JSON web keys",
    },
    RuleInfo {
        name: "kubernetes-secret",
        family: Family::Block,
        title: "Values of Kubernetes secrets",
    },
    RuleInfo {
        name: "authorization",
        family: Family::Context,
        title: "Credentials in HTTP headers",
    },
    RuleInfo {
        name: "url-credential",
        family: Family::Context,
        title: "Credentials in URLs",
    },
    RuleInfo {
        name: "password",
        family: Family::Context,
        title: "Values under names that say password",
    },
    RuleInfo {
        name: "secret",
        family: Family::Context,
        title: "Values under names that say secret, token or key",
    },
    RuleInfo {
        name: "email",
        family: Family::Identifier,
        title: "E-mail addresses",
    },
    RuleInfo {
        name: "payment-card",
        family: Family::Identifier,
        title: "Payment cards",
    },
    RuleInfo {
        name: "iban",
        family: Family::Identifier,
        title: "Bank accounts (IBAN)",
    },
    RuleInfo {
        name: "us-ssn",
        family: Family::Identifier,
        title: "US social security numbers",
    },
    RuleInfo {
        name: "ip-address",
        family: Family::Identifier,
        title: "Public IP addresses",
    },
    RuleInfo {
        name: "phone",
        family: Family::Identifier,
        title: "Telephone numbers",
    },
    RuleInfo {
        name: "env-value",
        family: Family::Place,
        title: "Values of env objects, as in settings and MCP configuration",
    },
    RuleInfo {
        name: "header-value",
        family: Family::Place,
        title: "Values of headers objects, as in MCP configuration",
    },
    RuleInfo {
        name: "secret-file",
        family: Family::Place,
        title: "Contents of files of secrets: .env, ~/.aws, ~/.ssh, …",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_token_is_listed_once() {
        for token in crate::tokens::TOKENS {
            assert_eq!(
                RULES.iter().filter(|rule| rule.name == token.kind).count(),
                1,
                "{}",
                token.kind
            );
        }
    }
}
