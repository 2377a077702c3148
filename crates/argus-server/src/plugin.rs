//! The capture plugin, ready for a server: the template in `plugin/`, the client's programs, and an `argus.json` that says
//! where to deliver, with which key, and by which rules.
//!
//! ```text
//! template ─┐
//! clients ──┼─▶ Bundle: files, and a version made of their content ─▶ a folder (argus plugin), an archive (GET /plugin/…)
//! settings ─┘
//! ```

mod archive;
mod bundle;
mod clients;
mod marketplace;
mod served;
mod settings;

pub use bundle::{Bundle, BundleFile};
pub use clients::{Client, ClientsError, PLATFORMS, clients, own_platform};
pub use marketplace::marketplace_of_folder;
pub use settings::Settings;

pub(crate) use marketplace::marketplace_of_archive;
pub(crate) use served::{Archive, Plugins};

/// The plugin's name, and that of the marketplace that has it: `argus@argus`.
pub const NAME: &str = "argus";
