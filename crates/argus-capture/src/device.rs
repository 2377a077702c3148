//! The machine's identity: a secret that never leaves, whose hash goes with everything that is sent. Who knows the secret is
//! the device that sent a session.

use argus_session::Random;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{paths, platform, store_file};

/// A device.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    secret: [u8; 32],
    /// Its name, as a person knows the machine.
    pub(crate) name: String,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    secret: String,
}

impl Device {
    /// This machine's, made at the first call.
    ///
    /// # Errors
    /// No place can be written to.
    pub(crate) fn open(random: &dyn Random) -> std::io::Result<Self> {
        let name = platform::host_name();
        let files = paths::device_files();
        let held = files
            .iter()
            .filter_map(|file| store_file::read::<Stored>(file))
            .find_map(|stored| hex::decode(stored.secret).ok()?.try_into().ok());
        if let Some(secret) = held {
            return Ok(Self { secret, name });
        }
        let mut secret = [0; 32];
        random.fill(&mut secret);
        let stored = Stored {
            secret: hex::encode(secret),
        };
        let mut last = std::io::Error::other("no folder for the device's secret");
        for file in files {
            let made = file
                .parent()
                .map_or(Ok(()), platform::create_private_folder)
                .and_then(|()| store_file::write_synced(&file, &stored));
            match made {
                // Another process may have made one in the same moment: the file says which it is.
                Ok(()) => {
                    let secret = store_file::read::<Stored>(&file)
                        .and_then(|stored| hex::decode(stored.secret).ok()?.try_into().ok())
                        .unwrap_or(secret);
                    return Ok(Self { secret, name });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Its id: 32 hex digits.
    pub(crate) fn id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"argus-device-v1");
        hash.update(self.secret);
        hex::encode(&hash.finalize()[..16])
    }

    /// The proof, hex.
    pub(crate) fn secret(&self) -> String {
        hex::encode(self.secret)
    }
}
